import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Upstream } from '../domain/upstream.ts';
import { decodeUtf8 } from '../domain/utf8.ts';
import { IdentityMapping, type MappingRow } from './mapping.ts';
import { parseMappingCsv } from './mapping-csv.ts';

const identifier = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) =>
    value == null || String(value).trim() === '' ? undefined : String(value).trim().normalize('NFC'),
  );

const columns = { lucca: identifier, ctrlHub: identifier, naver: identifier };

const row = z
  .strictObject(columns)
  .refine((it) => [it.lucca, it.ctrlHub, it.naver].filter((id) => id !== undefined).length >= 2, {
    message: 'a row links at least two systems',
  })
  .transform(
    ({ lucca, naver, ctrlHub }): MappingRow<Upstream> => ({
      LUCCA: lucca,
      NAVER: naver,
      CTRL_HUB: ctrlHub?.toLowerCase(),
    }),
  );

/**
 * Reads a mapping file: JSON, an array of `{ "lucca": "982", "ctrlHub": "<uuid>", "naver": "<externalKey>" }`, or CSV
 * with a header line of the same names in any order. Throws an Error that names the row and never its values.
 */
export function readMappingFile(path: string): IdentityMapping<Upstream> {
  const text = decodeUtf8(readFileSync(path));
  const isJson = text.trimStart().startsWith('[');
  const result = z.array(row).safeParse(isJson ? parseJson(text) : parseMappingCsv(text, Object.keys(columns)));
  if (result.success) return new IdentityMapping(result.data);
  const issue = result.error.issues[0];
  const place = typeof issue?.path[0] === 'number' ? `row ${issue.path[0] + 1}` : 'the file';
  // The library's message would name unknown members, which in a file without a header are identifiers.
  throw new Error(
    `${place}: ${issue?.code === 'custom' ? issue.message : 'expected lucca, ctrlHub, naver with identifiers'}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the file begins like JSON, but is none');
  }
}
