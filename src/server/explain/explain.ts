import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { type Config, readConfig } from '../../config/config.ts';
import { ConfigError } from '../../config/config-error.ts';
import { loadEnvFile } from '../../config/env-file.ts';
import { Environment } from '../../config/environment.ts';
import { type GraphAddress, readGraphAddress } from '../../config/graph-address.ts';
import { createUpstreamData } from '../../loaders/upstream-data.ts';
import { createUpstreams } from '../../upstreams/upstreams.ts';
import { createConfiguredGraph } from '../configured-graph.ts';
import { ownAccess } from '../own-access.ts';
import { explainedAnswer } from './answer.ts';
import { type AskedOperation, readOperation } from './asked-operation.ts';
import { dryRunText, planOperation } from './dry-run.ts';
import { type Explanation, explainHeader } from './explanation.ts';
import { explanationText } from './explanation-text.ts';

/** `npm run explain`: what one operation asks of the upstreams, and where its time goes. */

type Ask = (operation: AskedOperation) => Promise<Response>;

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `The operation could not be explained: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      variables: { type: 'string' },
      operation: { type: 'string' },
      dry: { type: 'boolean', default: false },
    },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error('expected one file with an operation; see --help');
  const { type, ...operation } = readOperation(file, values);
  loadEnvFile(process.env);
  if (values.dry) return overUpstreams((config) => printPlan(config, operation));
  const server = serverToAsk();
  if (server !== null) return printExplanation(askAt(server), operation);
  // A mutation is carried through: once.
  await overUpstreams((config) => explainHere(config, operation, type === 'mutation' ? 1 : 2));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Null where none is named. */
function serverToAsk(): GraphAddress | null {
  const env = new Environment(process.env);
  const address = readGraphAddress(env);
  if (env.problems.length > 0) throw new ConfigError(env.problems);
  return address;
}

/** Credentials are no argument, which everybody on the machine could see. */
function askAt({ url, token }: GraphAddress): Ask {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  return (operation) =>
    fetch(url, requestOf(operation, headers)).catch((error: unknown) => {
      const { code = 'no connection' } = Object(error instanceof Error ? error.cause : undefined);
      throw new Error(`${new URL(url).origin} does not answer: ${code}`);
    });
}

function requestOf(operation: AskedOperation, headers: Record<string, string> = {}) {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', [explainHeader]: '1', ...headers },
    body: JSON.stringify(operation),
  };
}

/** The upstreams that the environment names, or emulated ones. */
async function overUpstreams(run: (config: Config) => Promise<void>): Promise<void> {
  const given = readConfig(process.env);
  const sandbox = given.mode === 'sandbox' ? await (await import('../../sandbox/sandbox.ts')).startSandbox() : null;
  const upstreams = sandbox === null ? given.upstreams : readConfig(sandbox.env).upstreams;
  try {
    await run({ ...given, upstreams });
  } finally {
    await sandbox?.close();
  }
}

/** For nobody else, and without a copy of the directory. */
async function explainHere(config: Config, operation: AskedOperation, times: number): Promise<void> {
  const own: Config = { ...config, access: ownAccess, auditLog: 'off', directoryFile: null };
  const { graph, close } = await createConfiguredGraph(own, pino({ level: 'silent' }), '');
  const ask: Ask = async (asked) => graph.fetch('http://explain/graphql', requestOf(asked));
  for (const when of ['Right after the start:', '\nOnce more:'].slice(0, times)) {
    print(when);
    await printExplanation(ask, operation);
  }
  await close();
}

/** Nothing is asked of them. */
async function printPlan({ upstreams, network, identity, freshSeconds, subgraph }: Config, operation: AskedOperation) {
  const clients = createUpstreams(upstreams, network);
  const data = createUpstreamData({ upstreams: clients, identity, freshSeconds });
  print(dryRunText(planOperation(operation, data, subgraph)));
  await clients.close();
}

async function printExplanation(ask: Ask, operation: AskedOperation): Promise<void> {
  const response = await ask(operation);
  const { errors, extensions } = explainedAnswer.parse(await response.json());
  const explanation: Explanation | undefined = extensions.explain;
  if (explanation === undefined)
    throw new Error(errors[0]?.message ?? `got HTTP ${response.status} without an explanation`);
  print(explanationText(explanation));
  const codes = [...new Set(errors.map((it) => it.extensions?.code ?? 'no code'))];
  if (errors.length > 0) print(`\n${errors.length} errors: ${codes.join(', ')}`);
}
