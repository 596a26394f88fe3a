// Who may import whom: `npm run imports`, and test/architecture/imports.test.ts proves that each rule can fail.
// Type imports count as imports, and every folder may import itself.

/** Of each folder or file: what else of the project it may import. */
const allowed = {
  'src/domain/': [],
  'src/errors.ts': ['src/domain/'],
  'src/identity/': ['src/domain/', 'src/errors.ts'],
  'src/directory/': ['src/domain/', 'src/identity/mapping.ts'],
  'src/http/': ['src/domain/', 'src/errors.ts'],
  'src/upstreams/': ['src/http/', 'src/domain/', 'src/errors.ts'],
  'src/cache/': ['src/domain/', 'src/errors.ts'],
  'src/loaders/': [
    'src/directory/',
    'src/cache/',
    'src/upstreams/',
    'src/identity/',
    'src/http/',
    'src/domain/',
    'src/errors.ts',
  ],
  'src/fleet/': [
    'src/loaders/',
    'src/directory/stored-lists.ts',
    'src/cache/',
    'src/upstreams/',
    'src/http/',
    'src/domain/',
    'src/errors.ts',
  ],
  'resolvers/': ['src/loaders/', 'src/directory/', 'src/domain/', 'src/errors.ts', 'src/upstreams/naver/client.ts'],
  'schema/': ['resolvers/', 'src/loaders/', 'src/domain/'],
  'src/config/': ['src/upstreams/', 'src/identity/', 'src/http/', 'src/domain/', 'src/errors.ts'],
  'src/doctor/': ['src/sandbox/', 'src/config/', 'src/upstreams/', 'src/http/', 'src/domain/', 'src/errors.ts'],
  'src/server/': ['schema/', 'resolvers/', 'src/'],
  'src/steward/': ['src/'],
  'src/sandbox/': [],
  'src/client/': [],
  'codegen.ts': ['schema/'],
};

/** Of each package: the only places that may use it. A package that is not here may be used anywhere. */
const owners = {
  zod: [
    'src/upstreams/',
    'src/http/json.ts',
    'src/http/rows.ts',
    'src/http/wire-values.ts',
    'src/config/',
    'src/doctor/lucca/events.ts',
    'src/identity/',
    'src/fleet/',
    'src/sandbox/',
    'src/server/explain/',
    'src/server/probes.ts',
    'resolvers/',
  ],
  'csv-parse': ['src/identity/mapping-csv.ts'],
  dataloader: ['src/loaders/batch.ts'],
  '@redis': ['src/fleet/redis.ts'],
  'lru-cache': ['src/server/response-cache/', 'src/server/limits/document-cache.ts'],
  undici: ['src/http/'],
  '@pothos': ['schema/'],
  '@graphql-tools': ['schema/', 'codegen.ts'],
  'graphql-yoga': ['src/server/'],
  '@graphql-yoga': ['src/server/'],
  pino: ['src/server/', 'src/steward/own-graph.ts'],
  'prom-client': ['src/server/metrics/'],
  '@opentelemetry': ['src/server/tracing/'],
  negotiator: ['src/server/'],
  jose: ['src/server/authentication/'],
  'rate-limiter-flexible': ['src/server/limits/'],
  'graphql-request': ['src/client/'],
};

const at = (paths) => paths.map((path) => `^${escaped(path)}${path.endsWith('/') ? '' : '$'}`);
const escaped = (text) => text.replaceAll('.', '\\.');
const ours = '^(?:src|schema|resolvers|test)/|^codegen\\.ts$';

const layerRules = Object.entries(allowed).map(([folder, others]) => ({
  name: `imports-of-${folder.replace(/\/$/, '')}`,
  comment: `${folder} may import of ours: itself${others.map((it) => `, ${it}`).join('')}.`,
  severity: 'error',
  from: { path: at([folder]) },
  to: { path: ours, pathNot: at([folder, ...others]) },
}));

const packageRules = Object.entries(owners).map(([name, places]) => ({
  name: `users-of-${name}`,
  comment: `${name} is used by ${places.join(', ')} only.`,
  severity: 'error',
  from: { pathNot: at(places) },
  to: { path: `(?:^|/)node_modules/${escaped(name)}/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Two files that need each other, if only by type, are one idea: join them or move what both need.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-missing-module',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-package',
      comment: 'Production installs without them.',
      severity: 'error',
      from: { path: at(['src/', 'schema/', 'resolvers/']) },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    ...layerRules,
    {
      name: 'no-place-without-rules',
      comment: 'A new folder says above what it may import.',
      severity: 'error',
      from: { path: ours, pathNot: at(Object.keys(allowed)) },
      to: {},
    },
    {
      name: 'no-sibling-upstream',
      comment: 'What two upstreams share is src/http or src/domain; what joins them is above them.',
      severity: 'error',
      from: { path: '^src/upstreams/([^/]+)/' },
      to: { path: '^src/upstreams/', pathNot: '^src/upstreams/$1/' },
    },
    {
      name: 'no-reading-past-the-loaders',
      comment: "Resolvers know the upstreams' types; clients come to them through the loaders.",
      severity: 'error',
      from: { path: at(['resolvers/']) },
      to: { path: at(['src/upstreams/']), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-request-past-the-upstreams',
      comment: 'Loaders open the context that a read is sent in, and send nothing themselves.',
      severity: 'error',
      from: { path: at(['src/loaders/']) },
      to: {
        path: at(['src/http/']),
        pathNot: at(['src/http/request-context.ts']),
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-sandbox-in-production-code',
      comment: 'Only what starts a program, and chooses its mode, and tests see the emulators.',
      severity: 'error',
      from: {
        pathNot: at([
          'src/sandbox/',
          'src/server/start.ts',
          'src/server/explain/explain.ts',
          'src/steward/own-graph.ts',
          'src/doctor/main.ts',
        ]),
      },
      to: { path: at(['src/sandbox/']) },
    },
    {
      name: 'no-client-in-server',
      comment: 'Programs for the steward are clients, of a server or of a graph of their own.',
      severity: 'error',
      from: { pathNot: at(['src/client/', 'src/steward/']) },
      to: { path: at(['src/client/']) },
    },
    ...packageRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node'] },
  },
};
