import { describe, expect, it } from 'vitest';
import { describeShapes, shapesOf } from '../../src/doctor/shape.ts';

describe('the shape of a value', () => {
  it.each([
    ['1f0d2a6e-8c1b-4d2e-9a3f-5b6c7d8e9f00', 'string(36, uuid)'],
    ['982', 'string(3, digits)'],
    ['2026-01-31', 'string(10, date)'],
    ['2026-01-31T08:15:00.1230Z', 'string(25, date and time)'],
    ['somebody@elsewhere.example', 'string(26, e-mail)'],
    ['https://elsewhere.example/1', 'string(27, address)'],
    ['한', 'string(1, text)'],
    ['', 'string(0, blank)'],
    ['1.0', 'string(3, number)'],
    [7, 'number(integer)'],
    [1.5, 'number'],
    [true, 'boolean'],
    [null, 'null'],
    [undefined, 'undefined'],
    [['a', 'b'], 'list(2)'],
    [{ a: 1 }, 'object'],
  ])('%j is %s', (value, shape) => {
    expect(describeShapes([value])).toBe(shape);
  });

  it('of many is told once for each kind, with the range of lengths, the most frequent first', () => {
    expect(describeShapes([null, 'a', 'abc', null, 'xy', '7'])).toBe(
      'string(1-3, text) ×3, null ×2, string(1, digits) ×1',
    );
  });
});

describe('the shapes of rows', () => {
  it('are told by place, and missing members by their number', () => {
    const rows = [{ id: '1', name: { first: 'A' } }, { id: '22' }];
    expect(shapesOf(rows)).toEqual({ id: 'string(1-2, digits) ×2', 'name.first': 'string(1, text)' });
  });

  it('show no key of a look-up table, which may be a person’s', () => {
    const shapes = shapesOf([{ byId: { '982': 'x' }, byMail: { 'a@b.example': 1 }, many: wide(41), few: wide(2) }]);
    expect(shapes).toEqual({
      byId: 'object',
      byMail: 'object',
      many: 'object',
      'few.m0': 'number(integer)',
      'few.m1': 'number(integer)',
    });
  });

  it('of what is no object are the shape of the row', () => {
    expect(shapesOf(['odd', null])).toEqual({ row: 'string(3, text) ×1, null ×1' });
  });
});

const wide = (members: number) => Object.fromEntries(Array.from({ length: members }, (_, index) => [`m${index}`, 1]));
