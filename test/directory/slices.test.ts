import { describe, expect, it } from 'vitest';
import { buildDirectory } from '../../src/directory/directory.ts';
import { inSlices } from '../../src/directory/slices.ts';
import { sorted } from '../../src/directory/sorted.ts';
import type { PeopleSource } from '../../src/domain/people-source.ts';
import { IdentityMapping } from '../../src/identity/mapping.ts';

/** A step must take a few milliseconds at most, also on a slow machine; a record takes some microseconds. */
const mostPerStep = 1_000;

/** Runs to the end; returns how often the counter went up between two yields at most, and in all. */
function work(steps: Generator<void, unknown>, counter: { count: number }): { most: number; total: number } {
  let most = 0;
  for (let before = 0; ; before = counter.count) {
    const { done } = steps.next();
    most = Math.max(most, counter.count - before);
    if (done) return { most, total: counter.count };
  }
}

/** Records that count how often one of their members is read. */
function countedRows(prefix: string, people: number, counter: { count: number }, email: (index: number) => string) {
  return Array.from({ length: people }, (_, index) => ({
    get key() {
      counter.count += 1;
      return `${prefix}${index}`;
    },
    get email() {
      counter.count += 1;
      return email(index);
    },
    get family() {
      counter.count += 1;
      return `Name ${(index * 7919) % people}`;
    },
  }));
}

type Row = ReturnType<typeof countedRows>[number];

const sourceOf = <N extends string>(name: N): PeopleSource<Row, N> => ({
  name,
  keys: [{ prefix: name, of: ({ key }) => key }],
  ignoresCaseOfKeys: false,
  traitsOf: ({ email }) => ({ email, remoteId: null, employeeNumber: null }),
  namesOf: ({ family }) => ({ given: null, family, full: null }),
  isFormer: () => false,
});

describe('building a directory', () => {
  it.each([
    ['with an address each', (index: number) => `person${index}@hanbit.example`],
    ['with one address', () => 'all@hanbit.example'],
  ])('handles a bounded number of records between two yields, of people %s', (_, email) => {
    const people = 5_000;
    const counter = { count: 0 };
    const steps = buildDirectory<{ A: Row; B: Row }>({
      sources: [
        { source: sourceOf('A'), records: countedRows('a', people, counter, email) },
        { source: sourceOf('B'), records: countedRows('b', people, counter, email) },
      ],
      rules: ['MAPPING_FILE', 'EMAIL'],
      mapping: new IdentityMapping(
        Array.from({ length: people }, (_, index) => ({ A: `a${index}`, B: `none${index}` })),
      ),
    });
    const { most, total } = work(steps, counter);
    expect(total).toBeGreaterThan(people * 2);
    expect(most).toBeLessThan(mostPerStep);
  });

  it('compares a bounded number of names between two yields', () => {
    const counter = { count: 0 };
    const compare = (a: number, b: number): number => {
      counter.count += 1;
      return a - b;
    };
    const numbers = Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 20_000);
    const { most, total } = work(sorted(numbers, compare), counter);
    expect(total).toBeGreaterThan(numbers.length * 10);
    expect(most).toBeLessThan(mostPerStep);
  });

  it('takes many short lists for a long one', () => {
    const counter = { count: 0 };
    function* visitLists(): Generator<void, void> {
      for (let list = 0; list < 5_000; list += 1) {
        yield* inSlices([1, 2], () => {
          counter.count += 1;
        });
      }
    }
    const { most, total } = work(visitLists(), counter);
    expect(total).toBe(10_000);
    expect(most).toBeLessThan(mostPerStep);
  });
});
