/** A list as it was read: `asOf` is when its reading began, in milliseconds since 1970. */
export type StoredList = { value: Record<string, unknown>; asOf: number; tookMs: number };

/** Rows that are written at once: a millisecond's work. */
const rowsPerText = 200;

/** One line for each list, without its arrays, and then one for each row: no line is long, and no text many lines. */
export function* linesOf(lists: Readonly<Record<string, StoredList>>): Generator<string> {
  for (const [name, { value, asOf, tookMs }] of Object.entries(lists)) {
    const plain = Object.fromEntries(Object.entries(value).map(([key, it]) => [key, Array.isArray(it) ? [] : it]));
    yield `${JSON.stringify([name, { value: plain, asOf, tookMs }])}\n`;
    for (const [member, rows] of Object.entries(value)) {
      if (!Array.isArray(rows)) continue;
      for (let index = 0; index < rows.length; index += rowsPerText) {
        const lines = rows.slice(index, index + rowsPerText).map((row) => JSON.stringify([name, member, row]));
        yield `${lines.join('\n')}\n`;
      }
    }
  }
}

/** Whoever has the texts vouches for them: they are ours, letter by letter. */
export function listsIn(text: string): Record<string, StoredList> {
  const lists: Record<string, StoredList> = {};
  addLines(lists, text, (_, row) => row);
  return lists;
}

/** Adds what one of the texts of `linesOf` holds; all of them in their order make the lists. */
export function addLines(
  lists: Record<string, StoredList>,
  text: string,
  toRow: (member: string, row: unknown) => unknown,
): void {
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [name, member, row] = JSON.parse(line);
    if (typeof member !== 'string') lists[name] = member;
    else {
      const rows = lists[name]?.value[member];
      if (Array.isArray(rows)) rows.push(toRow(member, row));
    }
  }
}
