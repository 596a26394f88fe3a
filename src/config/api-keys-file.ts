import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { scopes } from '../domain/scopes.ts';
import { decodeUtf8 } from '../domain/utf8.ts';

/** A caller's key as it is stored: its SHA-256, which does not reveal the key. */
export type ApiKey = { id: string; digest: Buffer; scopes: readonly string[] };

const entry = z.strictObject({
  id: z.string().regex(/^[\w.-]{1,64}$/),
  sha256: z.string().regex(/^[\da-f]{64}$/),
  scopes: z.array(z.enum(scopes)),
});

const shape = z
  .array(entry)
  .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'two keys have the same id');

/**
 * Reads the file of API keys: a JSON list of `{ "id", "sha256", "scopes" }`, as `npm run key:new` prints them. An empty list
 * lets nobody in. Throws the error of reading, or an Error that names the wrong places of the file and never a value.
 */
export function readApiKeysFile(path: string): ApiKey[] {
  const result = shape.safeParse(parseJson(decodeUtf8(readFileSync(path))));
  if (!result.success) throw new Error(result.error.issues.slice(0, 3).map(problemOf).join('; '));
  return result.data.map(({ id, sha256, scopes }) => ({ id, digest: Buffer.from(sha256, 'hex'), scopes }));
}

/** Replaces the parser's own message, which quotes the file. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('not JSON');
  }
}

function problemOf({ code, path, message }: z.core.$ZodIssue): string {
  const [index, member] = path;
  if (typeof index !== 'number') return code === 'custom' ? message : 'not a list';
  return `key ${index + 1}: ${member === undefined ? 'expected id, sha256 and scopes, and nothing else' : `wrong ${String(member)}`}`;
}
