import { CsvError, parse } from 'csv-parse/sync';

/**
 * The rows below the header line, as objects with the header's names, which are some of `columns`, each once. Separated
 * by commas or, where the header has one, by semicolons: spreadsheets use either. Throws an Error that names the row and
 * never its values.
 */
export function parseMappingCsv(text: string, columns: readonly string[]): Record<string, string>[] {
  const [header, ...rows] = recordsOf(text);
  if (header === undefined || !header.some((name) => columns.includes(name))) {
    throw new Error(`the first line is no header of ${columns.join(', ')}`);
  }
  const wrong = header.findIndex((name, index) => !columns.includes(name) || header.indexOf(name) < index);
  if (wrong !== -1) throw new Error(`column ${wrong + 1} of the header is unknown or repeated`);
  return rows.map((cells, index) => {
    if (cells.slice(header.length).some((cell) => cell !== '')) {
      throw new Error(`row ${index + 1}: expected at most ${header.length} cells, got ${cells.length}`);
    }
    return Object.fromEntries(header.map((name, column) => [name, cells[column] ?? '']));
  });
}

function recordsOf(text: string): string[][] {
  const firstLine = text.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  const delimiter = firstLine.includes(';') ? ';' : ',';
  try {
    return parse(text, { delimiter, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    // The library's own message quotes the cell.
    const row = error instanceof CsvError && typeof error.records === 'number' ? error.records : 0;
    throw new Error(`row ${row}: a quote within a cell is not doubled, or one at its beginning is not closed`);
  }
}
