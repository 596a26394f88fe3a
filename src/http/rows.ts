import { type ZodType, z } from 'zod';
import type { SkippedRow } from '../domain/list-reading.ts';
import { invalidResponse, type JsonContext } from './json.ts';

/** How the rows of one kind are read. */
export type RowReader<Row> = {
  /** The upstream's name for them: `employees`. */
  resource: string;
  schema: ZodType<Row>;
  /** What tells one row from another, whatever else is wrong with it. */
  keyOf(row: unknown): string | null;
  /** Members without which a row is of no use, as dotted paths, with the reason that is then told: the nearest one. */
  essential: Readonly<Record<string, string>>;
  /** The reason for which a row that is well formed is of no use, such as one that links to nobody. */
  uselessFor?(row: Row): string | null;
};

/** The rows of a page, or of several, as far as they could be read. */
export type ReadRows<Row> = {
  readonly rows: readonly Row[];
  /** The other rows; and what was left out of those that stay, which is told without a key. */
  readonly skipped: readonly SkippedRow[];
  /** Rows that came, whether they could be read or not: a list goes on behind them. */
  readonly received: number;
  /** Rows of which nothing could be made, though something should have come. */
  readonly malformed: number;
};

/**
 * Reads row by row, so that one odd row costs itself and not its list. A member that cannot be read is left out where
 * the row is of use without it. Reasons name members as our schemas do, and never their values.
 */
export function readRows<Row>(values: readonly unknown[], reader: RowReader<Row>): ReadRows<Row> {
  const { resource } = reader;
  const rows: Row[] = [];
  const skipped: SkippedRow[] = [];
  let malformed = 0;
  for (const value of values) {
    const result = readRow(value, reader);
    if ('row' in result) {
      rows.push(result.row);
      for (const reason of result.leftOut) skipped.push({ resource, reason, key: null });
    } else {
      if (result.isMalformed) malformed += 1;
      skipped.push({ resource, reason: result.reason, key: reader.keyOf(value) });
    }
  }
  return { rows, skipped, received: values.length, malformed };
}

/** Throws UPSTREAM_INVALID_RESPONSE for a list of which no row could be read: it is another than was asked for. */
export function requireReadable(
  { received, malformed, skipped }: Pick<ReadRows<unknown>, 'received' | 'malformed' | 'skipped'>,
  context: JsonContext,
): void {
  if (received === 0 || malformed < received) return;
  const reasons = [...new Set(skipped.map((it) => it.reason))].slice(0, 3).join('; ');
  throw invalidResponse(context, `${context.subject}: none of its ${received} rows can be read (${reasons}).`);
}

const leftOutMark = ', left out';
const repeatedReason = 'the key of an earlier row';

/** A later row with the key of an earlier one. */
export const repeatedRow = (resource: string): SkippedRow => ({ resource, reason: repeatedReason, key: null });

/** Whether a whole row is unknown: not a part of a row that is there, and not the repetition of one. */
export const isUnknownRow = ({ reason }: SkippedRow): boolean =>
  !reason.endsWith(leftOutMark) && reason !== repeatedReason;

/** Reads a key off a member of a row that may be anything. */
export const keyAt =
  (member: string, schema: ZodType<string>) =>
  (row: unknown): string | null =>
    schema.safeParse(members.safeParse(row).data?.[member]).data ?? null;

const members = z.record(z.string(), z.unknown());

type Read<Row> = { row: Row; leftOut: string[] } | { reason: string; isMalformed: boolean };

type Place = readonly string[];

function readRow<Row>(value: unknown, { schema, essential, uselessFor }: RowReader<Row>): Read<Row> {
  let leftOut: Place[] = [];
  let rest = value;
  for (;;) {
    const { data, error } = schema.safeParse(rest);
    if (error === undefined) {
      const useless = uselessFor?.(data) ?? null;
      if (useless !== null) return { reason: useless, isMalformed: false };
      return { row: data, leftOut: leftOut.map((it) => `${it.join('.')} unreadable${leftOutMark}`) };
    }
    for (const { path } of error.issues) {
      const place = placeToLeaveOut(path.map(String), leftOut);
      if (place.length === 0) return { reason: value === rest ? 'not an object' : 'unreadable', isMalformed: true };
      const reason = reasonFor(place, essential);
      if (reason !== undefined) return { reason, isMalformed: true };
      leftOut = [...leftOut.filter((it) => !isWithin(it, place)), place];
      rest = without(rest, place);
    }
  }
}

/** A member that is still missed when it is left out takes along the one around it. */
function placeToLeaveOut(place: Place, leftOut: readonly Place[]): Place {
  return leftOut.some((it) => isWithin(place, it)) ? placeToLeaveOut(place.slice(0, -1), leftOut) : place;
}

function reasonFor(place: Place, essential: RowReader<unknown>['essential']): string | undefined {
  const places = place.map((_, index) => place.slice(0, index + 1).join('.'));
  return places.map((it) => essential[it]).findLast((it) => it !== undefined);
}

const isWithin = (place: Place, around: Place): boolean => around.every((name, index) => place[index] === name);

function without(value: unknown, [member, ...deeper]: Place): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, it]) => {
      if (name !== member) return [[name, it]];
      return deeper.length === 0 ? [] : [[name, without(it, deeper)]];
    }),
  );
}
