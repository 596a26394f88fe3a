import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { company, companyWithDuplicateKeys, inAnyOrder, type PersonRecord } from './random-people.ts';
import { built, expectedOf, summaryOf } from './summaries.ts';

const numRuns = 3_000;

describe('A directory of any company', () => {
  it('is what the definition says: its people, links, conflicts, identifiers and addresses', () => {
    fc.assert(
      fc.property(company, (drawn) => {
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
      }),
      { numRuns: numRuns / 3 },
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
      { numRuns: numRuns / 3 },
    );
  });
});
