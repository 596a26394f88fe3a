import { readFileSync } from 'node:fs';

/**
 * V8 collects garbage early, and its heap ends at 768 MB. glibc has a pool of freed memory for each thread, which grows unless
 * these variables limit it. Variables that are set already win.
 */
const startSettings = JSON.parse(readFileSync(new URL('start-settings.json', import.meta.url), 'utf8'));

const server = 'src/server/main.js';
const settingsAreIn = 'Settings are environment variables, or lines of .env: see .env.example and docs/platform.md.';

const asksServer = `HR_GRAPH_URL is the address of a running server, and HR_GRAPH_TOKEN an API key or a token for it. Without them
the upstreams are read once more, by this program. ${settingsAreIn}`;

/**
 * What can be run. `usage`: the arguments that it takes, besides --help. `settings`: of its Node process; a program without
 * them runs in this one. A program without `help` is one of a package, which has its own.
 */
export const commands = {
  start: {
    file: server,
    settings: startSettings,
    help: `Starts the server, and prints one line with its address.

${settingsAreIn}
Without any, the emulated vendors answer. Other flags for Node, such as a larger heap, go before the file:
  node --max-old-space-size=2000 bin/hr-graph.js start`,
  },
  dev: {
    file: server,
    settings: { flags: ['--watch'], env: { SHUTDOWN_DELAY_SECONDS: '0' } },
    help: `Starts the server, and starts it anew whenever a file changes.\n\n${settingsAreIn}`,
  },
  sandbox: {
    file: 'src/sandbox/main.ts',
    help: `Starts the emulated vendors alone, and prints the variables that lead hr-graph to them.

They listen to 127.0.0.1, on ports 4101 to 4103 or any free ones where those are in use, until they are stopped.`,
  },
  example: {
    file: 'src/client/example.ts',
    usage: '[address]',
    help: `Prints people of a running hr-graph as a table, by the typed client.

  address   of the endpoint; http://localhost:4000/graphql unless given`,
  },
  'example:people': {
    file: 'examples/people/serve.ts',
    usage: '[address]',
    help: `Serves examples/people, a front end over a running hr-graph, on a free port, and prints its address.

  address   of hr-graph; unless given, HR_GRAPH_ORIGIN, or where npm start listens by HOST and PORT`,
  },
  doctor: {
    file: 'src/doctor/main.ts',
    usage: '[--json]',
    help: `Examines the configuration and every configured system, and tells what to change.

  --json   as JSON for a bug report: values are told by their shapes, such as string(36, uuid)

✓ is well, ! works and should be known, ✗ has to be changed, – was not checked because of something else.
It reads only, and uses at most a third of an allowance. Exit code 1 where something has to be changed.
${settingsAreIn}`,
  },
  'report:unlinked': {
    file: 'src/steward/report-unlinked.ts',
    usage: '[--missing-from=LUCCA|NAVER|CTRL_HUB] [--reason=<reasons>] [--status=<statuses>] [--current]',
    help: `Prints the people whom some systems know and others do not, and why, as CSV for a spreadsheet.

  --missing-from   only those whom this system does not know
  --reason         only for these reasons, separated by commas, such as NO_MATCH,NOTHING_TO_COMPARE
  --status         only ACTIVE, UPCOMING or DEACTIVATED people
  --current        without people whose employment has ended

${asksServer}`,
  },
  'mapping:suggest': {
    file: 'src/steward/mapping-suggest.ts',
    usage: '[--missing-from=LUCCA|NAVER|CTRL_HUB] [--current]',
    help: `Prints who may be one person, as rows of a mapping file, each with a score and a comment. Nothing is linked.

  --missing-from   only where this system does not know one of them
  --current        without people whose employment has ended

${asksServer}`,
  },
  'mapping:check': {
    file: 'src/steward/mapping-check.ts',
    usage: '<file> [--strict]',
    help: `Compares a mapping file with the directory, and says row by row what is wrong with it, which records it takes from
somebody to whom another rule links them, and which records have nothing in common. Exit code 1 for faults.

  file       CSV or JSON
  --strict   exit code 1 also for rows that take records, or whose records have nothing in common

${asksServer}`,
  },
  explain: {
    file: 'src/server/explain/explain.ts',
    usage: '<file> [--variables <file>] [--url <address>] [--dry]',
    help: `Prints where the time of an operation goes, and what it asks of the upstreams.

  file          with one GraphQL operation
  --variables   a JSON file with its variables
  --url         of a running server, which is asked; EXPLAIN_AUTHORIZATION is sent as its Authorization header,
                and the caller needs the scope explain. Unless given, a process of its own is started for it
  --dry         asks nothing, and prints what a process would ask that has read nothing

${settingsAreIn}`,
  },
  'key:new': {
    file: 'src/server/authentication/new-key.ts',
    usage: '--id <name> --scopes <scope>[,<scope>...]',
    help: `Makes the API key of a caller, and prints it once, with the line for API_KEYS_FILE that lets it in.

  --id       who the caller is, for logs: up to 64 letters, digits, and _ . -
  --scopes   what the caller may see and do, of
             employees.readonly job-qualifications.readonly job-roles.readonly
             job-role-assignments.readonly grades.readonly positions.readonly
             grades.readwrite positions.readwrite job-role-assignments.readwrite cache.refresh explain

docs/platform.md says what each scope opens.`,
  },
  forget: {
    file: 'src/server/admin/forget.ts',
    usage: '[id]',
    help: `Erases one person from all that a running server has read, and prints how many records that were.

  id   of the graph. An e-mail address or an upstream's identifier comes by standard input, or is asked for.

ADMIN_SOCKET says where the server listens for it.`,
  },
  codegen: {
    file: 'codegen.ts',
    usage: '[--check]',
    help: `Writes what follows from the schema and the client's operations: SDL, client, persisted operations.

  --check   writes nothing, and fails where a file is not what it would write`,
  },
  'schema:check': {
    file: 'release/schema-check.ts',
    usage: '[folder]',
    help: `Fails where the schema breaks clients of the last release and no changeset says so.

  folder   of the project; this one unless given`,
  },
  'schema:released': {
    file: 'release/schema-check.ts',
    fixedArgs: ['--released'],
    help: 'Copies the schema to schema/released.graphql, as what this release promises.',
  },
  'build:client': {
    file: 'release/build-client.ts',
    help: 'Writes the typed client, as the package that front ends install, to dist/.',
  },
  sbom: {
    file: 'release/bill-of-materials.ts',
    help: 'Prints the packages of an installation for production, as CycloneDX.',
  },
  soak: {
    file: 'test/soak/main.ts',
    usage: '[--minutes=10] [--per-second=200] [--out=test/bench/RESULTS.md]',
    help: `Loads two replicas behind nginx while one is restarted and upstreams fail, and compares every answer with the truth.

  --minutes      how long; for how memory grows, at least four
  --per-second   operations that begin, whether or not earlier ones have ended
  --out          the report whose section on the soak is written anew, or none

It needs nginx and Linux. It fails where an answer is lost or wrong, or where memory grows.`,
  },
  vitest: { file: 'node_modules/vitest/vitest.mjs' },
};
