import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { startServerProcess } from './server-process.ts';

/**
 * Whether anything grows: all assignments of so many people are walked page by page, twice, under npm start's own flags.
 * The emulated vendors run in this process, the server in one of its own. Ends with code 1 above the limit, or where the
 * second walk takes more than the first.
 */
const people = Number(process.argv[2] ?? 20_000);
const limitMb = 320;
/** What a garbage collector leaves lying from one moment to the next. */
const noiseMb = 15;

const document = `query ($after: String) {
  jobRoleAssignments(first: 50, after: $after) {
    nodes { employee { displayName } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const shape = z.object({
  jobRoleAssignments: z
    .object({ pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }) })
    .nullable(),
});

const sandbox = await startSandbox({ company: createCompany({ people }), luccaRateLimit: null });
const server = await startServerProcess({
  ...sandbox.env,
  CACHE_FRESH_SECONDS: '120',
  LUCCA_RATE_LIMIT: '1000000/1',
});
try {
  const first = await walk(1);
  const second = await walk(2);
  const { peak } = server.memory();
  process.stdout.write(
    `${people} people: ${first} MB after the first walk, ${second} MB after the second, at most ${peak} MB\n`,
  );
  if (peak > limitMb || second > first + noiseMb) process.exitCode = 1;
} finally {
  server.stop();
  await sandbox.close();
}

/** Resident memory, in megabytes, when all pages have been read. */
async function walk(number: number): Promise<number> {
  let pages = 0;
  for (let after: string | null = null; ; ) {
    const { jobRoleAssignments } = shape.parse(await server.ask(document, { after }));
    if (jobRoleAssignments === null) {
      await delay(1_000);
      continue;
    }
    pages += 1;
    const { now, peak } = server.memory();
    if (pages % 100 === 0) process.stdout.write(`walk ${number}, page ${pages}: ${now} MB (at most ${peak} MB)\n`);
    after = jobRoleAssignments.pageInfo.endCursor;
    if (!jobRoleAssignments.pageInfo.hasNextPage) return now;
  }
}
