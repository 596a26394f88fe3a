import { hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { addLines, linesOf, type StoredList } from '../directory/stored-lists.ts';
import { UpstreamError } from '../errors.ts';
import { EarlierRows } from './earlier-rows.ts';
import { failureFromJson, failureToJson } from './failure.ts';
import { type Redis, script } from './redis.ts';
import { bytes } from './replies.ts';
import type { Seal } from './seal.ts';

/** Identifies the content of a list: equal lists have the same id. `count`: of its texts. */
export type BodyRef = { id: string; count: number };

/** A list as texts of a few hundred rows each. */
export type Body = BodyRef & { texts: readonly string[] };

/** Longer than any upload takes. */
const uploadLastsMs = 60_000;

const putText = script(`
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  return redis.call('PEXPIRE', KEYS[1], ${uploadLastsMs})`);

const getText = script(`return redis.call('HGET', KEYS[1], ARGV[1])`);

/** Works in many turns of the event loop, since a list may have tens of thousands of rows. */
export async function toBody(list: object): Promise<Body> {
  const texts: string[] = [];
  for (const text of linesOf({ list: { value: toPlain(list), asOf: 0, tookMs: 0 } })) {
    texts.push(text);
    await nextTurn();
  }
  return { texts, count: texts.length, id: hash('sha256', texts.join(''), 'base64url') };
}

const placeOf = (key: string, id: string, index: number): string => `${key} ${id} ${index}`;

/** Throws RedisAway. `place` is sealed into each text, so a text of another list cannot be taken for one of this list. */
export async function upload(redis: Redis, seal: Seal, key: string, place: string, { id, texts }: Body): Promise<void> {
  for (const [index, text] of texts.entries()) {
    await redis.run(putText, [key], [index, seal.close(placeOf(place, id, index), text)]);
  }
}

/**
 * Resolves with null if a text is missing or belongs to another list. Rows that equal a row of `previous` are that same
 * object, so callers can compare by identity to see what changed. Throws RedisAway.
 */
export async function download<L extends object>(
  redis: Redis,
  seal: Seal,
  key: string,
  { id, count }: BodyRef,
  previous: L | null,
): Promise<L | null> {
  const lists: Record<string, StoredList> = {};
  const earlier = new EarlierRows(previous === null ? {} : toPlain(previous));
  for (let index = 0; index < count; index += 1) {
    const sealed = bytes.buffer.nullable().parse(await redis.run(getText, [key], [index]));
    const text = sealed && seal.open(placeOf(key, id, index), sealed);
    if (text === null) return null;
    addLines(lists, text, (member, row) => earlier.shared(member, row));
    await nextTurn();
  }
  const value = lists.list?.value;
  // The seal proves that hr-graph wrote the texts, from a list of this type.
  return value === undefined ? null : (fromPlain(earlier.sharedMembers(value)) as L);
}

/** Without the upstream's pages (`read`): the next reading requests them again. */
const toPlain = (list: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(list).map(([name, value]) => {
      if (name === 'read') return [name, []];
      return [name, value instanceof UpstreamError ? { failure: failureToJson(value) } : value];
    }),
  );

const fromPlain = (plain: Record<string, unknown>): object =>
  Object.fromEntries(
    Object.entries(plain).map(([name, value]) => {
      const isFailure = typeof value === 'object' && value !== null && 'failure' in value;
      return [name, isFailure ? failureFromJson(value.failure) : value];
    }),
  );
