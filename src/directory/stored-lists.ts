/** A list as read. `asOf`: when its reading began, in milliseconds since 1970. */
export type StoredList = { value: Record<string, unknown>; asOf: number; tookMs: number };

/** Rows per yielded text: about a millisecond of work. */
const rowsPerText = 200;

/** Serialises lists: one line per list without its arrays, then one per row. Lines and yielded texts stay short. */
export function* linesOf(lists: Readonly<Record<string, StoredList>>): Generator<string> {
  for (const [name, { value, asOf, tookMs }] of Object.entries(lists)) {
    const plain = Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, Array.isArray(member) ? [] : member]),
    );
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

/** Parses the texts of `linesOf`. They are not validated: the caller guarantees that this program wrote them. */
export function listsIn(text: string): Record<string, StoredList> {
  const lists: Record<string, StoredList> = {};
  addLines(lists, text, (_, row) => row);
  return lists;
}

/** Adds the lines of one text of `linesOf`. All texts in their order make up the lists. */
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
