import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import { decodeUtf8 } from '../domain/utf8.ts';
import { IdentityMapping, type MappingRow } from './mapping.ts';
import { foldedName, type Problem, parseMappingCsv, type Table } from './mapping-csv.ts';

/** `ctrlHub` for CTRL_HUB. */
export const columnOf = (upstream: Upstream): string =>
  upstream.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const columns = upstreams.map(columnOf);

/** A row with its number: as in a spreadsheet, where the header is row 1, or as in a JSON array, from 1. */
export type NumberedRow = { readonly number: number; readonly row: MappingRow<Upstream> };

export type ParsedMapping = {
  /** The word for a row in this format. */
  readonly rowName: 'row' | 'item';
  readonly rows: readonly NumberedRow[];
  readonly problems: readonly Problem[];
};

/**
 * Parses a mapping: JSON, an array of `{ "lucca": "982", "ctrlHub": "<uuid>", "naver": "<externalKey>" }`, or CSV with a
 * header of the same names in any order and case. Ignores other columns and members. Problems name rows, never a value.
 * Throws an Error if the bytes are not UTF-8.
 */
export function parseMapping(bytes: Buffer): ParsedMapping {
  const text = decodeUtf8(bytes);
  const isJson = text.trimStart().startsWith('[');
  const table = isJson ? jsonTable(text) : parseMappingCsv(text, columns);
  const problems = [...table.problems];
  const rows = table.rows.flatMap(({ number, cells }) => {
    const read = rowOf(cells);
    if ('problem' in read) problems.push({ number, message: read.problem });
    return 'row' in read && read.row !== null ? [{ number, row: read.row }] : [];
  });
  return { rowName: isJson ? 'item' : 'row', rows, problems: [...problems, ...repeatedIn(rows)].sort(byNumber) };
}

/** Like `parseMapping`, but throws an Error with the first problem and the number of further ones. */
export function readMappingFile(path: string): IdentityMapping<Upstream> {
  const parsed = parseMapping(readFileSync(path));
  const [first, ...others] = parsed.problems;
  if (first === undefined) return new IdentityMapping(parsed.rows.map(({ row }) => row));
  throw new Error(`${placed(first, parsed)}${others.length === 0 ? '' : `; and ${others.length} more`}`);
}

export const placed = ({ number, message }: Problem, { rowName }: Pick<ParsedMapping, 'rowName'>): string =>
  number === null ? message : `${rowName} ${number}: ${message}`;

const byNumber = (a: Problem, b: Problem): number => (a.number ?? 0) - (b.number ?? 0);

/** The texts by which spreadsheets replace long numbers, and formulas without a result. */
const damaged = /^(?:\d[.,]?\d*E\+\d+|#(?:N\/A|REF!|VALUE!|NAME\?|NULL!|NUM!|DIV\/0!))$/i;

/** An empty row is null. */
function rowOf(cells: Readonly<Record<string, unknown>>): { row: MappingRow<Upstream> | null } | { problem: string } {
  const row: { [U in Upstream]?: string } = {};
  for (const upstream of upstreams) {
    const name = columnOf(upstream);
    const id = identifier.safeParse(cells[name]);
    if (!id.success) return { problem: `expected an identifier in ${name}, got no text` };
    if (damaged.test(id.data))
      return { problem: `${name} was rounded, or not found, by a spreadsheet: store it as text` };
    // Ctrl Hub's ids are UUIDs, which do not depend on case.
    if (id.data !== '') row[upstream] = upstream === 'CTRL_HUB' ? id.data.toLowerCase() : id.data;
  }
  const [first, ...others] = Object.keys(row);
  if (first === undefined) return { row: null };
  return others.length === 0 ? { problem: `names ${first} alone: a row links at least two systems` } : { row };
}

/** In composed form, without the leading apostrophe that stops spreadsheets from reading a text as a formula. */
const identifier = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) =>
    String(value ?? '')
      .trim()
      .replace(/^'(?=[=+\-@])/, '')
      .normalize('NFC'),
  );

function repeatedIn(rows: readonly NumberedRow[]): Problem[] {
  const numbers = new Map<string, number>();
  return rows.flatMap(({ number, row }) =>
    upstreams.flatMap((upstream) => {
      const id = row[upstream];
      if (id === undefined) return [];
      const key = JSON.stringify([upstream, id]);
      const earlier = numbers.get(key);
      numbers.set(key, earlier ?? number);
      return earlier === undefined ? [] : [{ number, message: `names the same ${upstream} identifier as ${earlier}` }];
    }),
  );
}

function jsonTable(text: string): Table {
  let items: unknown;
  try {
    items = JSON.parse(text);
  } catch {
    return { rows: [], problems: [{ number: null, message: 'the file begins like JSON, but is none' }] };
  }
  const rows = z
    .array(z.unknown())
    .parse(items)
    .map((item, index) => ({ number: index + 1, item }));
  const isObject = z.record(z.string(), z.unknown());
  return {
    rows: rows.flatMap(({ number, item }) => {
      const members = isObject.safeParse(item).data;
      return members === undefined ? [] : [{ number, cells: membersOf(members) }];
    }),
    problems: rows.flatMap(({ number, item }) =>
      isObject.safeParse(item).success ? [] : [{ number, message: `expected an object with ${columns.join(', ')}` }],
    ),
  };
}

function membersOf(item: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(item).flatMap(([name, value]) => {
    const column = columns.find((candidate) => foldedName(candidate) === foldedName(name));
    return column === undefined ? [] : [[column, value]];
  });
  return Object.fromEntries(entries);
}
