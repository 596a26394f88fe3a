import { CsvError, parse } from 'csv-parse/sync';

/** A row with its number in the file, and its cells by the names of the wanted columns. */
type TableRow = { readonly number: number; readonly cells: Readonly<Record<string, unknown>> };

/** A problem of a row or, without a number, of the file. It never contains a value. */
export type Problem = { readonly number: number | null; readonly message: string };

export type Table = { readonly rows: readonly TableRow[]; readonly problems: readonly Problem[] };

const delimiters = [',', ';', '\t'];

/** Makes `Ctrl Hub`, `ctrl_hub` and `ctrlHub` the same name. */
export const foldedName = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

/**
 * Reads the rows below the header, and of these the cells in `columns`, in any case and order. Ignores other columns and
 * empty rows. Cells are separated by commas, semicolons or tabs, because spreadsheets use all of them. Rows are numbered as in
 * a spreadsheet, where the header is row 1.
 */
export function parseMappingCsv(text: string, columns: readonly string[]): Table {
  const { records, problem } = recordsOf(text, columns);
  if (problem !== null) return { rows: [], problems: [problem] };
  const header = records.findIndex((cells) => cells.some((cell) => cell !== ''));
  const number = Math.max(header, 0) + 1;
  const names = (records[header] ?? []).map((name) =>
    columns.find((column) => foldedName(column) === foldedName(name)),
  );
  const known = names.filter((name) => name !== undefined);
  if (known.length < 2) return refused(number, `expected a header with two or more of ${columns.join(', ')}`);
  const again = names.findIndex((name, index) => name !== undefined && names.indexOf(name) < index);
  if (again !== -1) return refused(number, `column ${again + 1} is named ${names[again]} as well as an earlier one`);
  const rows: TableRow[] = [];
  const problems: Problem[] = [];
  for (const [index, cells] of records.entries()) {
    if (index <= header || cells.every((cell) => cell === '')) continue;
    if (cells.slice(names.length).some((cell) => cell !== '')) {
      const message = `expected at most ${names.length} cells as in the header, got ${cells.length}`;
      problems.push({ number: index + 1, message });
      continue;
    }
    const wanted = names.flatMap((name, column) => (name === undefined ? [] : [[name, cells[column] ?? '']]));
    rows.push({ number: index + 1, cells: Object.fromEntries(wanted) });
  }
  return { rows, problems };
}

const refused = (number: number, message: string): Table => ({ rows: [], problems: [{ number, message }] });

function recordsOf(text: string, columns: readonly string[]): { records: string[][]; problem: Problem | null } {
  try {
    const delimiter = delimiterOf(text, columns);
    return { records: parse(text, { delimiter, trim: true, relax_column_count: true }), problem: null };
  } catch (error) {
    // Replaces the library's own message, which quotes the cell.
    const before = error instanceof CsvError && typeof error.records === 'number' ? error.records : 0;
    const message = 'a quote within a cell is not doubled, or one at its beginning is not closed';
    return { records: [], problem: { number: before + 1, message } };
  }
}

/** The delimiter that gives the header the most wanted columns. Cells may contain the other delimiters. */
function delimiterOf(text: string, columns: readonly string[]): string {
  const firstLine = text.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  const wanted = new Set(columns.map(foldedName));
  const countBy = (delimiter: string) =>
    firstLine.split(delimiter).filter((name) => wanted.has(foldedName(name.replaceAll('"', '')))).length;
  return delimiters.reduce((best, delimiter) => (countBy(delimiter) > countBy(best) ? delimiter : best));
}
