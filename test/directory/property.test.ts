import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draws } from '../helpers/draws.ts';
import {
  company,
  companyOfTwo,
  companyWithDuplicateKeys,
  companyWithHandRows,
  inAnyOrder,
  type PersonRecord,
} from './random-people.ts';
import { twoTexts } from './random-spellings.ts';
import { askedAddresses, built, expectedOf, summaryOf } from './summaries.ts';

const numRuns = draws(3_000);

describe('A directory of any company', () => {
  it('is what the definition says: its people, links, conflicts, identifiers and addresses', () => {
    fc.assert(
      fc.property(company, (drawn) => {
        expect(summaryOf(drawn)).toEqual(expectedOf(drawn));
      }),
      { numRuns },
    );
  });

  it('is what the definition says where most people are linked by hand, in contradiction of the rest', () => {
    fc.assert(
      fc.property(companyWithHandRows, (drawn) => {
        expect(summaryOf(drawn)).toEqual(expectedOf(drawn));
      }),
      { numRuns },
    );
  });

  it('does not depend on the order of rows', () => {
    const inTwoOrders = company.chain((drawn) => fc.tuple(fc.constant(drawn), inAnyOrder(drawn)));
    fc.assert(
      fc.property(inTwoOrders, ([drawn, reordered]) => {
        const [first, second] = [built(drawn), built(reordered)];
        expect(summaryOf(drawn, second)).toEqual(summaryOf(drawn, first));
        expect(second.people).toEqual(first.people);
        expect(second.conflicts).toEqual(first.conflicts);
        expect(second.links).toEqual(first.links);
        for (const address of askedAddresses(drawn)) {
          expect(second.addressed(address)).toEqual(first.addressed(address));
        }
        const conflictsOfEach = (directory: typeof first) => directory.people.map((it) => directory.conflictsOf(it));
        expect(conflictsOfEach(second)).toEqual(conflictsOfEach(first));
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });

  it('does not depend on the order of rows that share a key either', () => {
    // Rows without any difference have one name here.
    const nameOf = ({ label: _, ...rest }: PersonRecord) => JSON.stringify(rest);
    const inTwoOrders = companyWithDuplicateKeys.chain((drawn) => fc.tuple(fc.constant(drawn), inAnyOrder(drawn)));
    fc.assert(
      fc.property(inTwoOrders, ([drawn, reordered]) => {
        expect(summaryOf(drawn, built(reordered), nameOf)).toEqual(summaryOf(drawn, built(drawn), nameOf));
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });
});

describe('An address', () => {
  it('links what is alike in its normal form, and nothing else', () => {
    fc.assert(
      fc.property(twoTexts, ([one, other]) => {
        const drawn = companyOfTwo({ email: one }, { email: other });
        expect(summaryOf(drawn)).toEqual(expectedOf(drawn));
      }),
      { numRuns },
    );
  });

  // What node:url makes of a host is more than UTS 46 asks for: numbers become addresses of machines.
  it.each([
    ['ann@1.2', 'ann@1.0.0.2'],
    ['ann@0x7f', 'ann@127'],
    ['ann@yard.example/x', 'ann@yard.example/y'],
    ['ann@yard.example?x', 'ann@yard.example'],
    ['ann@yard.example#x', 'ann@yard.example'],
    ['ann@y%61rd.example', 'ann@yard.example'],
    ['ann@yard.example:80', 'ann@yard.example'],
    ['ann@ya rd.example', 'ann@yard.example'],
    ['ann@yard.example.', 'ann@yard.example'],
    ['a nn@yard.example', 'ann@yard.example'],
    ['ann+x@yard.example', 'ann@yard.example'],
    ['a.nn@yard.example', 'ann@yard.example'],
  ])('%s is another one than %s', (one, other) => {
    const { people } = built(companyOfTwo({ email: one }, { email: other }));
    expect(people.map(({ id }) => id)).toEqual(['A:k1', 'B:k1']);
  });
});
