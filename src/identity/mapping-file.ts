import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import { decodeUtf8 } from '../domain/utf8.ts';
import { IdentityMapping, type MappingRow } from './mapping.ts';
import { parseMappingCsv } from './mapping-csv.ts';

const identifier = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) =>
    value == null || String(value).trim() === '' ? undefined : String(value).trim().normalize('NFC'),
  );

/** `ctrlHub` for CTRL_HUB. */
const columnOf = (upstream: Upstream): string =>
  upstream.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const columns = upstreams.map(columnOf);

const row = z
  .strictObject(Object.fromEntries(columns.map((name) => [name, identifier])))
  .refine((it) => Object.values(it).filter((id) => id !== undefined).length >= 2, {
    message: 'a row links at least two systems',
  })
  .transform((it): MappingRow<Upstream> => {
    const ids: { [U in Upstream]?: string | undefined } = {};
    for (const upstream of upstreams) ids[upstream] = it[columnOf(upstream)];
    // Its identifiers mean the same in either case.
    return { ...ids, CTRL_HUB: ids.CTRL_HUB?.toLowerCase() };
  });

/**
 * Reads a mapping file: JSON, an array of `{ "lucca": "982", "ctrlHub": "<uuid>", "naver": "<externalKey>" }`, or CSV
 * with a header line of the same names in any order. Throws an Error that names the row and never its values.
 */
export function readMappingFile(path: string): IdentityMapping<Upstream> {
  const text = decodeUtf8(readFileSync(path));
  const isJson = text.trimStart().startsWith('[');
  const result = z.array(row).safeParse(isJson ? parseJson(text) : parseMappingCsv(text, columns));
  if (result.success) return new IdentityMapping(result.data);
  const issue = result.error.issues[0];
  const place = typeof issue?.path[0] === 'number' ? `row ${issue.path[0] + 1}` : 'the file';
  // The library's message would name unknown members, which in a file without a header are identifiers.
  throw new Error(
    `${place}: ${issue?.code === 'custom' ? issue.message : `expected ${columns.join(', ')} with identifiers`}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the file begins like JSON, but is none');
  }
}
