import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { decodeUtf8 } from '../domain/utf8.ts';
import type { Environment } from './environment.ts';
import { type Format, oneOf, quote } from './formats.ts';

export type PersistedOperations = {
  /** Whether only these operations may run. */
  isOnly: boolean;
  /** Documents by id. */
  documents: ReadonlyMap<string, string>;
};

/** The operations of the typed client; codegen.ts writes the file. */
const ownFile = new URL('../../schema/persisted-operations.json', import.meta.url);

export function readPersistedOperations(env: Environment): PersistedOperations {
  const isOnly = env.read('PERSISTED_OPERATIONS', oneOf(['on', 'only'])) === 'only';
  const others = env.read('PERSISTED_OPERATIONS_FILE', manifestFile) ?? new Map<string, string>();
  return { isOnly, documents: new Map([...readManifest(ownFile), ...others]) };
}

const id = z.string().regex(/^[\w.:-]{1,128}$/);
const document = z.string().min(1);

/** The format of Relay's compiler and GraphQL Code Generator: documents by id. */
const byId = z.record(id, document);

/** The format of Apollo's generate-persisted-query-manifest. */
const apolloManifest = z
  .object({
    format: z.literal('apollo-persisted-query-manifest'),
    version: z.literal(1),
    operations: z.array(z.object({ id, body: document })),
  })
  .transform(({ operations }) => Object.fromEntries(operations.map((operation) => [operation.id, operation.body])));

/** Throws the errors of reading and parsing. */
function readManifest(path: string | URL): Map<string, string> {
  const json: unknown = JSON.parse(decodeUtf8(readFileSync(path)));
  return new Map(Object.entries(z.union([apolloManifest, byId]).parse(json)));
}

const manifestFile: Format<ReadonlyMap<string, string>> = (path) => {
  try {
    return { value: readManifest(path) };
  } catch (error) {
    return {
      expected: 'the path of a JSON file of documents by their ids, or of an Apollo manifest',
      got: `${quote(path)} (${reasonOf(error)})`,
    };
  }
};

/** Replaces the parsers' own messages, which quote the file. */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'not JSON';
  if (error instanceof z.ZodError || !(error instanceof Error)) return 'another shape';
  return 'code' in error ? String(error.code) : error.message;
}
