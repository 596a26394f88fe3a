import { describe, expect, it } from 'vitest';
import { keptWith } from '../../src/loaders/kept-with.ts';

describe('what is kept with the objects that it follows from', () => {
  const counted = () => {
    let count = 0;
    const sum = keptWith((a: readonly number[], b: readonly number[]) => {
      count += 1;
      return a.length + b.length;
    });
    return { sum, count: () => count };
  };

  it('is worked out once for the same objects', () => {
    const { sum, count } = counted();
    const [a, b] = [[1], [2, 3]];
    expect([sum(a, b), sum(a, b), sum(a, b)]).toEqual([3, 3, 3]);
    expect(count()).toBe(1);
  });

  it('is worked out anew for other objects, even where they say the same, and for another order', () => {
    const { sum, count } = counted();
    const [a, b] = [[1], [2, 3]];
    expect([sum(a, b), sum([1], b), sum(a, [2, 3]), sum(b, a), sum(a, a)]).toEqual([3, 3, 3, 3, 2]);
    expect(count()).toBe(5);
    sum(a, b);
    expect(count()).toBe(5);
  });

  it('may be undefined and is kept still', () => {
    let count = 0;
    const nothing = keptWith((_: object): undefined => {
      count += 1;
    });
    const it = {};
    expect([nothing(it), nothing(it)]).toEqual([undefined, undefined]);
    expect(count).toBe(1);
  });

  it('is not kept where it could not be worked out', () => {
    let count = 0;
    const failing = keptWith((_: object) => {
      count += 1;
      throw new Error('no');
    });
    const it = {};
    expect(() => failing(it)).toThrow('no');
    expect(() => failing(it)).toThrow('no');
    expect(count).toBe(2);
  });
});
