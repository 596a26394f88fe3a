import { type ZodType, z } from 'zod';
import type { SkippedRow } from '../domain/list-reading.ts';
import { invalidResponse, type JsonContext } from './json.ts';

/** Describes how to read the rows of one resource. */
export type RowReader<Row> = {
  /** The upstream's name of the resource, such as `employees`. */
  resource: string;
  schema: ZodType<Row>;
  /** The row's key, read even from a row that is otherwise invalid. */
  keyOf(row: unknown): string | null;
  /**
   * Members without which a row is useless, as dotted paths, each with the reason to report. For a nested member the
   * reason of the innermost path counts.
   */
  essential: Readonly<Record<string, string>>;
  /** The reason why a well-formed row is useless, such as a row that links to nobody; null for a useful row. */
  uselessFor?(row: Row): string | null;
};

/** The readable rows of one or several pages. */
export type ReadRows<Row> = {
  readonly rows: readonly Row[];
  /** Rows that could not be used, and members left out of rows that were; the latter have no key. */
  readonly skipped: readonly SkippedRow[];
  /** All rows received, readable or not. The next page begins after them. */
  readonly received: number;
  /** Rows that do not fit the schema. */
  readonly malformed: number;
};

/**
 * Reads row by row, so that one invalid row does not fail the list. An unreadable member is left out if the row is
 * useful without it. Reasons name members as our schemas do, and never their values.
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

/** Throws UPSTREAM_INVALID_RESPONSE if no row of a list can be read: it is not the list that was requested. */
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

/** The skipped row for a second row with the same key. */
export const repeatedRow = (resource: string): SkippedRow => ({ resource, reason: repeatedReason, key: null });

/** True if a whole row is unknown. False for a member left out of a row, and for a repeated row. */
export const isUnknownRow = ({ reason }: SkippedRow): boolean =>
  !reason.endsWith(leftOutMark) && reason !== repeatedReason;

/** Returns a function that reads a key from one member of an unvalidated row. */
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
      return { row: data, leftOut: leftOut.map((place) => `${place.join('.')} unreadable${leftOutMark}`) };
    }
    for (const { path } of error.issues) {
      const place = placeToLeaveOut(path.map(String), leftOut);
      if (place.length === 0) return { reason: value === rest ? 'not an object' : 'unreadable', isMalformed: true };
      const reason = reasonFor(place, essential);
      if (reason !== undefined) return { reason, isMalformed: true };
      leftOut = [...leftOut.filter((other) => !isWithin(other, place)), place];
      rest = without(rest, place);
    }
  }
}

/** If a left-out member is required by the schema, the member around it is left out instead. */
function placeToLeaveOut(place: Place, leftOut: readonly Place[]): Place {
  return leftOut.some((other) => isWithin(place, other)) ? placeToLeaveOut(place.slice(0, -1), leftOut) : place;
}

function reasonFor(place: Place, essential: RowReader<unknown>['essential']): string | undefined {
  const places = place.map((_, index) => place.slice(0, index + 1).join('.'));
  return places.map((path) => essential[path]).findLast((reason) => reason !== undefined);
}

const isWithin = (place: Place, around: Place): boolean => around.every((name, index) => place[index] === name);

function without(value: unknown, [member, ...deeper]: Place): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (name !== member) return [[name, inner]];
      return deeper.length === 0 ? [] : [[name, without(inner, deeper)]];
    }),
  );
}
