/** What a spreadsheet would take for a formula (OWASP: CSV injection). */
const formula = /^[=+\-@\t\r]/;

/** RFC 4180, with the mark by which spreadsheets recognise UTF-8. A cell that looks like a formula gets an apostrophe. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('')}`;
}

function toCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
