import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isUnknownRow, keyAt, type RowReader, readRows, requireReadable } from '../../src/http/rows.ts';
import { count, object, textOrNumber, translations, wholeNumber } from '../../src/http/wire-values.ts';

const text = z.string().nullish();
const reader: RowReader<{ id: string; owner?: unknown }> = {
  resource: 'boats',
  schema: z.object({
    id: z.string(),
    name: text,
    owner: z.object({ id: z.string(), port: z.object({ name: text }).nullish() }).nullish(),
    hull: z.object({ length: z.number() }),
  }),
  keyOf: keyAt('id', z.string()),
  essential: { id: 'no id', hull: 'no hull', 'hull.length': 'no length' },
  uselessFor: ({ id }) => (id === 'sunk' ? 'sunk' : null),
};
const hull = { length: 7 };
const read = (value: unknown) => {
  const { rows, skipped } = readRows([value], reader);
  return [rows[0] ?? null, ...skipped.map((it) => it.reason)];
};

describe('a row', () => {
  it.each([
    [
      { id: 'a', hull },
      { id: 'a', hull },
    ],
    [{ id: 'a', hull, name: 5 }, { id: 'a', hull }, 'name unreadable, left out'],
    [{ id: 'a', hull, owner: {} }, { id: 'a', hull }, 'owner unreadable, left out'],
    [
      { id: 'a', hull, owner: { id: 'o', port: 5 } },
      { id: 'a', hull, owner: { id: 'o' } },
      'owner.port unreadable, left out',
    ],
    [
      { id: 'a', hull, owner: { id: 'o', port: { name: [] } }, name: {} },
      { id: 'a', hull, owner: { id: 'o', port: {} } },
      'name unreadable, left out',
      'owner.port.name unreadable, left out',
    ],
    [{ id: 'a', hull, owner: { port: { name: 5 } } }, { id: 'a', hull }, 'owner unreadable, left out'],
    [{ id: 5, hull }, null, 'no id'],
    [{ id: 'a' }, null, 'no hull'],
    [{ id: 'a', hull: 'steel' }, null, 'no hull'],
    [{ id: 'a', hull: { length: 'long' } }, null, 'no length'],
    [{ id: 'sunk', hull }, null, 'sunk'],
    [[], null, 'not an object'],
    [null, null, 'not an object'],
    ['a', null, 'not an object'],
  ])('%j is read as far as it goes', (value, ...expected) => {
    expect(read(value)).toEqual(expected);
  });

  it('that is skipped is told by its key, and a part that is left out is not', () => {
    const { rows, skipped, received, malformed } = readRows(
      [{ id: 'a', hull, name: 5 }, { id: 'b' }, null, { id: 'sunk', hull }],
      reader,
    );
    expect(rows).toHaveLength(1);
    expect(skipped.map((it) => [it.resource, it.key, isUnknownRow(it)])).toEqual([
      ['boats', null, false],
      ['boats', 'b', true],
      ['boats', null, true],
      ['boats', 'sunk', true],
    ]);
    expect({ received, malformed }).toEqual({ received: 4, malformed: 2 });
  });

  it('never has its values in a reason', () => {
    const secret = 'mina@ondo.example';
    const odd = { id: 'a', hull, name: { [secret]: secret }, owner: { id: secret, port: [secret] } };
    expect(JSON.stringify(readRows([odd], reader).skipped)).not.toContain(secret);
  });
});

describe('a list', () => {
  const context = { upstream: 'LUCCA', subject: 'The boats' } as const;
  const check = (values: unknown[]) => () => requireReadable(readRows(values, reader), context);

  it('fails where no row of it can be read', () => {
    expect(check([null, { id: 'a' }])).toThrow('The boats: none of its 2 rows can be read (not an object; no hull).');
  });

  it.each([[[]], [[null, { id: 'a', hull }]], [[null, { id: 'sunk', hull }]]])('stands where it is %j', (values) => {
    expect(check(values)).not.toThrow();
  });
});

describe('a value', () => {
  it.each([
    ['7', '7'],
    [7, '7'],
    [0, '0'],
    [1.5, undefined],
    [2 ** 60, undefined],
    [true, undefined],
    [null, undefined],
  ])('%j is the text %j', (value, expected) => {
    expect(textOrNumber.safeParse(value).data).toBe(expected);
  });

  it.each([
    [2, 2],
    ['2', 2],
    ['2.0', 2],
    [' 2 ', 2],
    [-0, 0],
    ['-3', -3],
    ['2.5', undefined],
    [2.5, undefined],
    ['', undefined],
    ['1e3', undefined],
    ['9'.repeat(30), undefined],
  ])('%j is the whole number %j', (value, expected) => {
    expect(wholeNumber.safeParse(value).data).toBe(expected);
  });

  it.each([
    [3, 3],
    ['3', 3],
    [-1, undefined],
    ['many', undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('%j is the count %j', (value, expected) => {
    expect(count.parse(value)).toBe(expected);
  });

  it('[] is an object without members, and other lists are none', () => {
    const schema = object({ a: z.string().optional() });
    expect(schema.parse([])).toEqual({});
    expect(schema.safeParse(['a']).success).toBe(false);
  });

  it.each([
    [
      { ko_KR: '과장', en_US: '', ja_JP: null, zh_TW: 5 },
      { ko_KR: '과장', en_US: '' },
    ],
    [{}, {}],
    [[], {}],
    ['과장', undefined],
    [['과장'], undefined],
  ])('%j are the translations %j', (value, expected) => {
    expect(translations.safeParse(value).data).toEqual(expected);
  });
});
