import { isCalendarDate } from './dates.ts';
import { invalid } from './problems.ts';
import { listOf, oneOf } from './query.ts';
import type { Timeline } from './timeline.ts';

type Value = string | null | undefined;
type Read<Row, V = Value> = (row: Row, timeline: Timeline) => V;

/** Parses the query parameter `name` into a test of rows. Throws 400 for a value that the schema forbids. */
export type Filter<Row> = (query: URLSearchParams, name: string) => Read<Row, boolean>;

type ItemRule = { accepts: (item: string) => boolean; expected: string };
type ListRule = { item?: ItemRule; atMost?: number; orNull?: boolean };

const anyText: ItemRule = { accepts: (item) => item !== '', expected: 'not be empty' };

export const among = (...members: string[]): ItemRule => ({
  accepts: (item) => members.includes(item),
  expected: `be among ${members.join(', ')}`,
});

/**
 * Matches rows with a value in the list (Lucca, Filtering: equality, comma means OR). Lists have distinct values, at most 100
 * by default. With `orNull`, the literal `null` matches rows without a value. `read` returns undefined for rows to which the
 * filter does not apply; nothing matches those.
 */
export function anyOf<Row>(read: Read<Row, Value | readonly Value[]>, rule: ListRule = {}): Filter<Row> {
  const { item = anyText, atMost = 100, orNull = false } = rule;
  const isNull = (text: string) => orNull && text === 'null';
  return (query, name) => {
    const items = listOf(query, name);
    const wanted = new Set<Value>(items.map((text) => (isNull(text) ? null : text)));
    if (items.length > atMost) throw invalid(name, `${name} takes ${atMost} value(s) at most.`);
    if (wanted.size < items.length) throw invalid(name, `${name} must hold distinct values.`);
    const wrong = items.find((text) => !isNull(text) && !item.accepts(text));
    if (wrong !== undefined) throw invalid(name, `'${wrong}' must ${item.expected}.`);
    return (row, timeline) => [read(row, timeline)].flat().some((value) => wanted.has(value));
  };
}

/** Equality with one date, or with `orNull` also with the absence of a date. */
export const onDate = <Row>(read: Read<Row>, { orNull = false } = {}): Filter<Row> =>
  anyOf(read, { item: { accepts: isCalendarDate, expected: 'be a date such as 2024-12-31' }, atMost: 1, orNull });

/** A range `A--B`, inclusive; `..` leaves an end open. Rows without a date never match (Lucca, Filtering: dates). */
export function betweenDates<Row>(read: Read<Row>): Filter<Row> {
  return (query, name) => {
    const [from, to, ...rest] = (oneOf(query, name) ?? '').split('--');
    const isEnd = (end: string | undefined): end is string =>
      end !== undefined && (end === '..' || isCalendarDate(end));
    if (!isEnd(from) || !isEnd(to) || rest.length > 0) {
      throw invalid(name, `${name} must be a range such as 2024-01-01--2024-12-31 or 2024-01-01--..`);
    }
    return (row, timeline) => {
      const date = read(row, timeline);
      return typeof date === 'string' && (from === '..' || from <= date) && (to === '..' || date <= to);
    };
  };
}

/** A case-insensitive substring of the value. */
export function partOf<Row>(read: Read<Row, string>): Filter<Row> {
  return (query, name) => {
    const wanted = (oneOf(query, name) ?? '').toLowerCase();
    if (wanted === '') throw invalid(name, `${name} must not be empty.`);
    return (row, timeline) => read(row, timeline).toLowerCase().includes(wanted);
  };
}

/** Every given word must be the start of a word of the text. Words end at a space, hyphen, underscore, comma or full stop. */
export function startsWords<Row>(read: Read<Row, string>): Filter<Row> {
  const wordsOf = (text: string) =>
    text
      .toLowerCase()
      .split(/[ \-_,.]+/)
      .filter((word) => word !== '');
  return (query, name) => {
    const wanted = wordsOf(oneOf(query, name) ?? '');
    if (wanted.length === 0) throw invalid(name, `${name} must hold a word.`);
    return (row, timeline) => {
      const words = wordsOf(read(row, timeline));
      return wanted.every((start) => words.some((word) => word.startsWith(start)));
    };
  };
}
