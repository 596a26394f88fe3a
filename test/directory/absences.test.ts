import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Absences, explainAbsences } from '../../src/directory/absences.ts';
import { draws } from '../helpers/draws.ts';
import { drained } from './drained.ts';
import { whoIsWho } from './oracle.ts';
import { whyAbsent } from './oracle-absences.ts';
import {
  company,
  companyWithDuplicateKeys,
  companyWithHandRows,
  type DrawnCompany,
  inAnyOrder,
  type PersonRecord,
  sourceNamed,
} from './random-people.ts';
import { built, inputOf } from './summaries.ts';

type AnyRecords = Record<string, PersonRecord>;

const line = (person: string, source: string, reason: string, rule: string | null, candidates: string[]): string =>
  `${person} without ${source}: ${reason} ${rule} ${candidates.toSorted().join(' ')}`;

function explained(drawn: DrawnCompany): string[] {
  const directory = built(drawn);
  const absences: Absences<AnyRecords> = drained(explainAbsences(inputOf(drawn), directory));
  return directory.people.flatMap(({ id, links, leads }) =>
    (absences.get(id) ?? []).map(({ source, reason, rule, candidates }) =>
      line(
        links[leads]?.record.label ?? '',
        source,
        reason,
        rule,
        candidates.map(({ record }) => record.label),
      ),
    ),
  );
}

function defined({ sources, rules, rows }: DrawnCompany): string[] {
  return whyAbsent(sources, rules, whoIsWho(sources, rules, rows)).map(({ person, source, reason, rule, candidates }) =>
    line(
      person.links.get(person.leads)?.record.label ?? '',
      source,
      reason,
      rule,
      candidates.map(({ label }) => label),
    ),
  );
}

const numRuns = draws(1_000);

vi.setConfig({ testTimeout: 120_000 });

describe('Why a link is missing', () => {
  it.each([
    ['any company', company],
    ['one that is linked by hand', companyWithHandRows],
  ])('is what the definition says, in %s', (_, drawn) => {
    const reasons = new Set<string>();
    fc.assert(
      fc.property(drawn, (it) => {
        const told = explained(it);
        expect(told.toSorted()).toEqual(defined(it).sort());
        for (const one of told) reasons.add(one.split(' ')[3] ?? '');
      }),
      { numRuns },
    );
    expect([...reasons].sort()).toEqual([
      'GAVE_WAY',
      'HELD_BACK',
      'LINKED_ELSEWHERE',
      'NOTHING_TO_COMPARE',
      'NO_MATCH',
      'SEVERAL_OF_BOTH',
      'SEVERAL_PEOPLE',
      'SEVERAL_RECORDS',
    ]);
  });

  it('does not depend on the order of rows', () => {
    const inTwoOrders = companyWithDuplicateKeys.chain((it) => fc.tuple(fc.constant(it), inAnyOrder(it)));
    fc.assert(
      fc.property(inTwoOrders, ([one, other]) => {
        const unlabelled = (drawn: DrawnCompany) =>
          explained(drawn)
            .map((it) => it.split(' ').slice(2, 5).join(' '))
            .sort();
        expect(unlabelled(other)).toEqual(unlabelled(one));
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });

  it('is kept once for all people who share an address, however many', () => {
    const shared = { familyName: 'Oz', otherKey: null, remoteId: null, employeeNumber: null, isFormer: false };
    const sourceOf = (name: string) => ({
      source: sourceNamed(name),
      records: Array.from({ length: 50 }, (_, index) => {
        const label = `${name}${index}`;
        return { ...shared, label, key: label, email: 'shop@acme.example' };
      }),
    });
    const drawn: DrawnCompany = { sources: ['A', 'B', 'C'].map(sourceOf), rules: ['EMAIL'], rows: [] };
    const absences: Absences<AnyRecords> = drained(explainAbsences(inputOf(drawn), built(drawn)));
    const candidates = [...absences.values()].flat().map((it) => it.candidates);
    expect(candidates).toHaveLength(300);
    expect(new Set(candidates).size).toBe(6);
  });
});
