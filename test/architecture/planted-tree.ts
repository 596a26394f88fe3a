/** A small project that keeps every rule: something to import in each place. */
export const innocent: Record<string, string> = {
  'src/domain/grade.ts': 'export type Grade = { name: string };',
  'src/errors.ts': "import type {} from './domain/grade.ts';",
  'src/identity/rules.ts': "import 'zod';",
  'src/identity/mapping.ts': 'export type MappingRow = { lucca: string };',
  'src/directory/link.ts': "import '../domain/grade.ts';\nimport '../identity/mapping.ts';",
  'src/http/client.ts': "import 'undici';",
  'src/upstreams/lucca/client.ts': "import '../../http/client.ts';",
  'src/upstreams/naver/client.ts': "import 'zod';",
  'src/upstreams/ctrl-hub/client.ts': "import 'zod';",
  'src/upstreams/upstreams.ts': "import './lucca/client.ts';\nimport './ctrl-hub/client.ts';",
  'src/cache/cached-list.ts': "import '../errors.ts';\nimport '../domain/grade.ts';",
  'src/loaders/batch.ts':
    "import 'dataloader';\nimport '../cache/cached-list.ts';\nimport '../directory/link.ts';\nimport type {} from '../http/client.ts';",
  'src/fleet/redis.ts': "import '@redis/client';\nimport '../loaders/batch.ts';",
  'src/sandbox/sandbox.ts': "import 'zod';",
  'src/config/config.ts': "import 'zod';\nimport '../upstreams/upstreams.ts';",
  'src/client/client.ts': "import 'graphql';",
  'src/server/yoga.ts': "import 'graphql-yoga';\nimport '../../schema/schema.ts';",
  'src/doctor/main.ts': "import '../config/config.ts';\nawait import('../sandbox/sandbox.ts');",
  'src/steward/report-unlinked.ts': "import '../config/config.ts';",
  'src/server/start.ts': "import './yoga.ts';\nimport '../config/config.ts';\nawait import('../sandbox/sandbox.ts');",
  'resolvers/grade.ts':
    "import '../src/loaders/batch.ts';\nimport '../src/directory/link.ts';\nimport type {} from '../src/upstreams/naver/client.ts';",
  'schema/schema.ts': "import '@pothos/core';\nimport '../resolvers/grade.ts';\nimport '../src/loaders/batch.ts';",
  'codegen.ts': "import 'vitest';\nimport './schema/schema.ts';",
};

export type Offence = { file: string; source: string; breaks: string[] };

/** What may be done wrong, a file each; some replace an innocent one. */
export const offences: Offence[] = [
  // One cycle of a value and a type, reported where it is met first.
  offence('src/domain/chicken.ts', "import './egg.ts';", 'no-cycle'),
  offence('src/domain/egg.ts', "import type {} from './chicken.ts';"),
  offence('src/domain/nowhere.ts', "import './not-there.ts';", 'no-missing-module'),
  offence('src/attic/anything.ts', "import '../domain/grade.ts';", 'no-place-without-rules'),
  offence('src/server/tested.ts', "import 'vitest';", 'no-development-package'),

  offence('src/domain/failing.ts', "import '../errors.ts';", 'imports-of-src/domain'),
  offence('src/errors.ts', "import './identity/rules.ts';", 'imports-of-src/errors.ts'),
  offence('src/identity/asking.ts', "import '../http/client.ts';", 'imports-of-src/identity'),
  offence('src/directory/reading.ts', "import '../identity/rules.ts';", 'imports-of-src/directory'),
  offence('src/directory/naming.ts', "import type {} from '../upstreams/lucca/client.ts';", 'imports-of-src/directory'),
  offence('src/http/knowing.ts', "import '../identity/rules.ts';", 'imports-of-src/http'),
  offence('src/upstreams/loading.ts', "import '../loaders/batch.ts';", 'imports-of-src/upstreams'),
  offence('src/cache/asking.ts', "import type {} from '../http/client.ts';", 'imports-of-src/cache'),
  offence('src/cache/linking.ts', "import '../directory/link.ts';", 'imports-of-src/cache'),
  offence('src/loaders/resolving.ts', "import '../../resolvers/grade.ts';", 'imports-of-src/loaders'),
  offence('src/fleet/serving.ts', "import '../server/yoga.ts';", 'imports-of-src/fleet'),
  offence('resolvers/building.ts', "import '../schema/schema.ts';", 'imports-of-resolvers'),
  offence('resolvers/typing.ts', "import type {} from '../schema/schema.ts';", 'imports-of-resolvers'),
  offence('resolvers/knowing.ts', "import type {} from '../src/upstreams/lucca/client.ts';", 'imports-of-resolvers'),
  offence('schema/linking.ts', "import type {} from '../src/directory/link.ts';", 'imports-of-schema'),
  offence('src/config/serving.ts', "import '../server/yoga.ts';", 'imports-of-src/config'),
  offence('src/doctor/serving.ts', "import '../server/yoga.ts';", 'imports-of-src/doctor'),
  offence('src/steward/building.ts', "import '../../schema/schema.ts';", 'imports-of-src/steward'),
  offence('src/server/generating.ts', "import '../../codegen.ts';", 'imports-of-src/server'),
  offence('src/steward/resolving.ts', "import '../../resolvers/grade.ts';", 'imports-of-src/steward'),
  offence('src/sandbox/sharing.ts', "import '../domain/grade.ts';", 'imports-of-src/sandbox'),
  offence('src/client/sharing.ts', "import type {} from '../domain/grade.ts';", 'imports-of-src/client'),
  offence('codegen.ts', "import './resolvers/grade.ts';", 'imports-of-codegen.ts'),

  offence('src/upstreams/lucca/borrowing.ts', "import '../ctrl-hub/client.ts';", 'no-sibling-upstream'),
  offence('src/upstreams/lucca/climbing.ts', "import type {} from '../upstreams.ts';", 'no-sibling-upstream'),
  offence('resolvers/asking.ts', "import '../src/upstreams/naver/client.ts';", 'no-reading-past-the-loaders'),
  offence('src/loaders/asking.ts', "import '../http/client.ts';", 'no-request-past-the-upstreams'),
  offence('src/server/emulating.ts', "await import('../sandbox/sandbox.ts');", 'no-sandbox-in-production-code'),
  offence(
    'src/upstreams/lucca/emulating.ts',
    "import type {} from '../../sandbox/sandbox.ts';",
    'no-sandbox-in-production-code',
    'imports-of-src/upstreams',
  ),
  offence('src/server/calling.ts', "import '../client/client.ts';", 'no-client-in-server'),

  offence('src/http/parsing.ts', "import type {} from 'zod';", 'users-of-zod'),
  offence('src/config/separating.ts', "import 'csv-parse/sync';", 'users-of-csv-parse'),
  offence('src/loaders/batching.ts', "import 'dataloader';", 'users-of-dataloader'),
  offence('src/loaders/remembering.ts', "import '@redis/client';", 'users-of-@redis'),
  offence('src/http/caching.ts', "import 'lru-cache';", 'users-of-lru-cache'),
  offence('src/server/limits/tokens.ts', "import 'jose';", 'users-of-jose'),
  offence('src/server/authentication/pacing.ts', "import 'rate-limiter-flexible';", 'users-of-rate-limiter-flexible'),
  offence('src/upstreams/naver/sending.ts', "import 'undici';", 'users-of-undici'),
  offence('resolvers/declaring.ts', "import '@pothos/core';", 'users-of-@pothos'),
  offence('resolvers/printing.ts', "import '@graphql-tools/utils';", 'users-of-@graphql-tools'),
  offence('schema/serving.ts', "import 'graphql-yoga';", 'users-of-graphql-yoga'),
  offence('schema/rendering.ts', "import '@graphql-yoga/render-graphiql';", 'users-of-@graphql-yoga'),
  offence('src/http/negotiating.ts', "import 'negotiator';", 'users-of-negotiator'),
  offence('src/http/logging.ts', "import 'pino';", 'users-of-pino'),
  offence('src/http/counting.ts', "import 'prom-client';", 'users-of-prom-client'),
  offence('src/server/tracing.ts', "import '@opentelemetry/api';", 'users-of-@opentelemetry'),
  offence('src/upstreams/naver/querying.ts', "import 'graphql-request';", 'users-of-graphql-request'),
];

function offence(file: string, source: string, ...breaks: string[]): Offence {
  return { file, source, breaks };
}
