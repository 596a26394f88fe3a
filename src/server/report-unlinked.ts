import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { z } from 'zod';
import { readConfig } from '../config/config.ts';
import { loadEnvFile } from '../config/env-file.ts';
import { upstreams as allUpstreams } from '../domain/upstream.ts';
import { createUpstreamData } from '../loaders/upstream-data.ts';
import { createUpstreams } from '../upstreams/upstreams.ts';
import { toCsv } from './csv.ts';
import { ownAccess } from './own-access.ts';
import { createGraph } from './yoga.ts';

/** `npm run report:unlinked`: the people whom some systems know and others do not, as a spreadsheet, on stdout. */

const query = `query ($after: String, $missingFrom: Upstream) {
  unlinkedPeople(first: 100, after: $after, missingFrom: $missingFrom) {
    nodes { id displayName email identities { upstream upstreamId } identityConflicts { matchedBy records { upstream upstreamId } } }
    pageInfo { hasNextPage endCursor }
  }
  upstreams { upstream isConfigured }
}`;

const record = z.object({ upstream: z.enum(allUpstreams), upstreamId: z.string() });
const person = z.object({
  id: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  identities: z.array(record).nullable(),
  identityConflicts: z.array(z.object({ matchedBy: z.string(), records: z.array(record) })).nullable(),
});
const answer = z.object({
  data: z
    .object({
      unlinkedPeople: z
        .object({
          nodes: z.array(person),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
        })
        .nullable(),
      upstreams: z.array(z.object({ upstream: z.enum(allUpstreams), isConfigured: z.boolean() })),
    })
    .nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z.object({ code: z.string(), retryAfterSeconds: z.number() }).partial().default({}),
      }),
    )
    .default([]),
});

/** One reading of the directories serves all pages, however long they take: a report shows one moment. */
const freshSeconds = 86_400;

/** A big company's directory takes minutes at its allowance. After this long something else must be wrong. */
const patienceMs = 30 * 60_000;

const header = ['id', 'displayName', 'email', ...allUpstreams, 'missingFrom', 'conflicts'];

await report(process.argv.slice(2)).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The report could not be made: ${reason}\n`);
  process.exit(1);
});

async function report(args: readonly string[]): Promise<void> {
  const missingFrom = missingFromOf(args);
  loadEnvFile(process.env);
  const given = readConfig(process.env);
  const sandbox = given.mode === 'sandbox' ? await (await import('../sandbox/sandbox.ts')).startSandbox() : null;
  const config = sandbox === null ? given : { ...given, upstreams: readConfig(sandbox.env).upstreams };
  const upstreams = createUpstreams(config.upstreams, config.network);
  const { identity } = config;
  let reason = '';
  const write = (line: string) => {
    reason = reasonIn(line) ?? reason;
  };
  const logger = pino({ level: 'warn' }, { write });
  const data = createUpstreamData({ upstreams, identity, freshSeconds });
  void data.start();
  const graph = createGraph({
    upstreams,
    data,
    identity,
    secret: identity.secret,
    logger,
    cachesResponses: false,
    isReadOnly: true,
    exampleEmail: null,
    access: ownAccess,
  });
  const giveUpAt = Date.now() + patienceMs;
  const rows: string[][] = [];
  for (let after: string | null = null; ; ) {
    const response = await graph.fetch('http://report/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { after, missingFrom } }),
    });
    const { data, errors } = answer.parse(await response.json());
    // A shared address is a finding of this report, and told in its last column.
    const failure = errors.find((it) => it.extensions.code !== 'CONFLICT');
    const seconds = failure?.extensions.retryAfterSeconds;
    if (failure !== undefined && seconds !== undefined && Date.now() < giveUpAt) {
      process.stderr.write(`${failure.message} ${reason} Asking again in ${seconds} s.\n`);
      await delay(seconds * 1000);
      continue;
    }
    if (failure !== undefined || data?.unlinkedPeople == null)
      throw new Error(failure === undefined ? 'no answer' : `${failure.message} ${reason}`.trim());
    const configured = data.upstreams.filter((it) => it.isConfigured).map((it) => it.upstream);
    rows.push(...data.unlinkedPeople.nodes.map((it) => rowOf(it, configured)));
    after = data.unlinkedPeople.pageInfo.endCursor;
    if (!data.unlinkedPeople.pageInfo.hasNextPage) break;
  }
  process.stdout.write(toCsv([header, ...rows]));
  data.close();
  await Promise.all([upstreams.close(), sandbox?.close()]);
}

/** Why an upstream failed, of a line of the server's log: answers say only that it did. */
function reasonIn(line: string): string | null {
  return z.object({ reason: z.string() }).safeParse(JSON.parse(line)).data?.reason ?? null;
}

function missingFromOf(args: readonly string[]): string | null {
  const [option, ...others] = args;
  if (option === undefined) return null;
  const wanted = /^--missing-from=(.+)$/.exec(option)?.[1]?.toUpperCase().replace('-', '_');
  const upstream = allUpstreams.find((it) => it === wanted);
  if (upstream !== undefined && others.length === 0) return upstream;
  throw new Error(`expected nothing or --missing-from=${allUpstreams.join('|')}`);
}

function rowOf(it: z.infer<typeof person>, configured: readonly (typeof allUpstreams)[number][]): string[] {
  const idIn = (upstream: string) => it.identities?.find((known) => known.upstream === upstream)?.upstreamId ?? '';
  const conflicts = (it.identityConflicts ?? []).map(
    ({ matchedBy, records }) => `${matchedBy}: ${records.map((one) => `${one.upstream} ${one.upstreamId}`).join(', ')}`,
  );
  const missing = configured.filter((upstream) => idIn(upstream) === '');
  return [it.id, it.displayName, it.email ?? '', ...allUpstreams.map(idIn), missing.join(' '), conflicts.join('; ')];
}
