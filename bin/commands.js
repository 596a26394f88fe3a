import { readFileSync } from 'node:fs';

/**
 * Limits memory: V8 collects garbage early, and its heap ends at 768 MB. glibc keeps freed memory for each thread, which grows
 * unless these variables limit it. Variables that are already set win.
 */
const startSettings = JSON.parse(readFileSync(new URL('start-settings.json', import.meta.url), 'utf8'));

const server = 'src/server/main.js';
const settingsAreIn = 'Settings are environment variables, or lines of .env: see .env.example and docs/platform.md.';

const asksServer = `HR_GRAPH_URL is the address of a running server, and HR_GRAPH_TOKEN an API key or a token for it. Without them
this program reads the upstreams itself. ${settingsAreIn}`;

const troubleUsage = '[--fail=<system>] [--slow=<system>=<delay>]';
const troubleHelp = `  --fail   this system responds with 503 to every request: lucca, ctrl-hub or naver
  --slow   this system delays every response, such as --slow=lucca=5s or --slow=naver=300ms`;

/**
 * The programs. `usage`: their arguments, besides --help. `settings`: flags and variables of a separate Node process; a program
 * without them runs in this process. A program without `help` belongs to a package and has its own help.
 */
export const commands = {
  start: {
    file: server,
    usage: troubleUsage,
    settings: startSettings,
    help: `Starts the server, and prints one line with its address.

${settingsAreIn}
Without any, hr-graph runs over emulators, which fail on demand:
${troubleHelp}

Flags for Node, such as a larger heap, go before the file:
  node --max-old-space-size=2000 bin/hr-graph.js start`,
  },
  dev: {
    file: server,
    settings: { flags: ['--watch'], env: { SHUTDOWN_DELAY_SECONDS: '0' } },
    help: `Starts the server, and restarts it whenever a file changes.\n\n${settingsAreIn}`,
  },
  sandbox: {
    file: 'src/sandbox/main.ts',
    usage: troubleUsage,
    help: `Starts the emulators alone, and prints the settings that connect hr-graph to them.

${troubleHelp}

They listen on 127.0.0.1, ports 4101 to 4103, or on free ports if those are in use, until they are stopped.`,
  },
  example: {
    file: 'src/client/example.ts',
    usage: '[address]',
    help: `Prints people of a running hr-graph as a table, with the typed client.

  address   of the endpoint; default: http://localhost:4000/graphql`,
  },
  'example:people': {
    file: 'examples/people/serve.ts',
    usage: '[address]',
    help: `Serves examples/people, a front end over a running hr-graph, on a free port, and prints its address.

  address   of hr-graph; default: HR_GRAPH_ORIGIN, or the address of npm start by HOST and PORT`,
  },
  doctor: {
    file: 'src/doctor/main.ts',
    usage: '[--json]',
    help: `Checks the configuration and every configured system, and says what to change.

  --json   prints JSON for a bug report: shapes replace values, such as string(36, uuid)

✓ fine, ! works but is worth knowing, ✗ has to be changed, – not checked, because another check failed.
It only reads, and uses at most a third of a rate limit. Exits with code 1 if something has to be changed.
${settingsAreIn}`,
  },
  'report:unlinked': {
    file: 'src/steward/report-unlinked.ts',
    usage: '[--missing-from=LUCCA|NAVER|CTRL_HUB] [--reason=<reasons>] [--status=<statuses>] [--current]',
    help: `Prints the people without a record in some system, and why, as CSV for a spreadsheet.

  --missing-from   only people without a record in this system
  --reason         only these reasons, separated by commas, such as NO_MATCH,NOTHING_TO_COMPARE
  --status         only ACTIVE, UPCOMING or DEACTIVATED people
  --current        without people whose employment has ended

${asksServer}`,
  },
  'mapping:suggest': {
    file: 'src/steward/mapping-suggest.ts',
    usage: '[--missing-from=LUCCA|NAVER|CTRL_HUB] [--current]',
    help: `Prints records that may belong to one person, as rows of a mapping file with score and comment. It links nothing.

  --missing-from   only pairs with a person without a record in this system
  --current        without people whose employment has ended

${asksServer}`,
  },
  'mapping:check': {
    file: 'src/steward/mapping-check.ts',
    usage: '<file> [--strict]',
    help: `Compares a mapping file with the directory, and prints the problems and effects of each row.

Effects are records that the row takes from the people they are linked to, and records that have nothing in common. Exits with
code 1 for faults.

  file       CSV or JSON
  --strict   exit code 1 also for rows that take records, or whose records have nothing in common

${asksServer}`,
  },
  explain: {
    file: 'src/server/explain/explain.ts',
    usage: '<file> [--variables <file>] [--operation <name>] [--dry]',
    help: `Prints where the time of an operation goes, and its requests to the upstreams.

  file          with a GraphQL operation; a mutation runs, and writes
  --variables   a JSON file with its variables
  --operation   the name of the operation, if the file has several
  --dry         sends nothing, and prints the requests of a process with an empty cache

HR_GRAPH_URL is the address of a running server, and HR_GRAPH_TOKEN an API key or a token for it with the scope explain.
Without them a process of its own answers, right after its start and once more.
${settingsAreIn}`,
  },
  'key:new': {
    file: 'src/server/authentication/new-key.ts',
    usage: '--id <name> --scopes <scope>[,<scope>...]',
    help: `Makes the API key of a caller, and prints it once, with its line for API_KEYS_FILE.

  --id       name of the caller, for logs: up to 64 letters, digits, and _ . -
  --scopes   the scopes of the caller, among
             employees.readonly job-qualifications.readonly job-roles.readonly
             job-role-assignments.readonly grades.readonly positions.readonly
             grades.readwrite positions.readwrite job-role-assignments.readwrite cache.refresh explain

docs/platform.md says what each scope opens.`,
  },
  forget: {
    file: 'src/server/admin/forget.ts',
    usage: '[id]',
    help: `Erases one person from all data of a running server, and prints the number of erased records.

  id   of the graph. It reads an e-mail address or an upstream's identifier from standard input, or asks for it.

ADMIN_SOCKET is the socket of the server.`,
  },
  codegen: {
    file: 'codegen.ts',
    usage: '[--check]',
    help: `Generates files from the schema and the client's operations: SDL, client, persisted operations.

  --check   writes nothing, and fails if a file is out of date`,
  },
  'schema:check': {
    file: 'release/schema-check.ts',
    usage: '[folder]',
    help: `Fails if the schema breaks clients of the last release and no changeset declares it.

  folder   of the project; default: this one`,
  },
  'schema:released': {
    file: 'release/schema-check.ts',
    fixedArgs: ['--released'],
    help: 'Copies the schema to schema/released.graphql, at a release.',
  },
  'build:client': {
    file: 'release/build-client.ts',
    help: 'Writes the typed client to dist/, as the package that front ends install.',
  },
  'build:server': {
    file: 'release/build-server.ts',
    help: 'Writes the server as JavaScript to build/server; npm pack does it first.',
  },
  sbom: {
    file: 'release/bill-of-materials.ts',
    help: 'Prints the packages of a production installation, as CycloneDX.',
  },
  soak: {
    file: 'test/soak/main.ts',
    usage: '[--minutes=10] [--per-second=200] [--redis] [--out=test/bench/RESULTS.md]',
    help: `Loads two replicas behind nginx while one is restarted and upstreams fail, and checks every response.

  --minutes      duration; at least four to see whether memory grows
  --per-second   operations to start per second, even if earlier ones are still running
  --redis        the replicas share a Redis, which is killed and paused meanwhile
  --out          the report whose section on the soak is replaced, or none

It needs nginx and Linux, and redis-server for --redis. It fails if a response is lost or wrong, or if memory grows.`,
  },
  vitest: { file: 'node_modules/vitest/vitest.mjs' },
};
