import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Upstream } from '../domain/upstream.ts';
import { IdentityMapping, type MappingRow } from './mapping.ts';

const identifier = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value == null || String(value).trim() === '' ? undefined : String(value).trim()));

const row = z
  .strictObject({ lucca: identifier, ctrlHub: identifier, naver: identifier })
  .refine((it) => [it.lucca, it.ctrlHub, it.naver].filter((id) => id !== undefined).length >= 2, {
    message: 'a row links at least two systems',
  })
  .transform(
    (it): MappingRow<Upstream> => ({
      LUCCA: it.lucca,
      NAVER: it.naver,
      CTRL_HUB: it.ctrlHub?.toLowerCase(),
    }),
  );

/**
 * Reads a mapping file: JSON, an array of `{ "lucca": "982", "ctrlHub": "<uuid>", "naver": "<externalKey>" }`, or CSV
 * with a header line of the same names in any order. Throws an Error that names the row and never its values.
 */
export function readMappingFile(path: string): IdentityMapping<Upstream> {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const result = z.array(row).safeParse(text.trimStart().startsWith('[') ? parseJson(text) : parseCsv(text));
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

const isColumn = (name: string): boolean => ['lucca', 'ctrlHub', 'naver'].includes(name);

/** Comma or semicolon separated (spreadsheets use either), fields optionally in double quotes. */
function parseCsv(text: string): Record<string, string>[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const separator = lines[0]?.includes(';') ? ';' : ',';
  const [header, ...rows] = lines.map((line) => splitLine(line, separator));
  if (header === undefined || !header.some(isColumn))
    throw new Error('the first line is no header of lucca, ctrlHub, naver');
  const unknown = header.findIndex((name) => !isColumn(name));
  if (unknown !== -1 || new Set(header).size < header.length) {
    throw new Error(`column ${unknown === -1 ? header.length : unknown + 1} of the header is unknown or repeated`);
  }
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

function splitLine(line: string, separator: string): string[] {
  const cells: string[] = [''];
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) cells.push('');
    else cells[cells.length - 1] += char;
  }
  return cells.map((cell) => cell.trim());
}
