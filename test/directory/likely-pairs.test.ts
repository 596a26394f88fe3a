import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likelyPairs } from '../../src/directory/likely-pairs.ts';
import { draws } from '../helpers/draws.ts';
import { type Company, directoryOf, inputOf, type Row, type Rows } from './company-sources.ts';
import { drained } from './drained.ts';

const steps = (rows: Rows) => likelyPairs<Company>(inputOf(rows, byEmail), directoryOf(rows, byEmail));
const byEmail = { rules: ['EMAIL'] } as const;

const pairsIn = (rows: Rows) => drained(steps(rows));

/** Such as `P:1 O:7 0.6 SAME_NAME`, with a question mark where it is ambiguous. */
const told = (rows: Rows): string[] =>
  pairsIn(rows).pairs.map(({ people, score, evidence, isAmbiguous }) =>
    [...people.map(({ id }) => id).sort(), score, ...evidence, ...(isAmbiguous ? ['?'] : [])].join(' '),
  );

/** Of one whom payroll knows and one whom the office knows. */
const pair = (one: Row, other: Row): string[] =>
  told({ PAYROLL: [{ key: '1', ...one }], OFFICE: [{ key: '7', ...other }] });

describe('Two people have the same name', () => {
  it.each<[string, Row, Row]>([
    ['whatever the case', { given: 'Jana', family: 'Nováková' }, { full: 'JANA NOVÁKOVÁ' }],
    ['in any order', { given: 'Jana', family: 'Nováková' }, { full: 'Nováková, Jana' }],
    ['without accents', { given: 'Jana', family: 'Nováková' }, { full: 'Jana Novakova' }],
    ['with accents composed and not', { full: 'Zoë Côté' }, { full: 'Zoe\u0308 Co\u0302te\u0301' }],
    ['in full width', { full: 'Mina Han' }, { full: 'Ｍｉｎａ　Ｈａｎ' }],
    ['without letters that a keyboard lacks', { full: 'Łukasz Strauß' }, { full: 'Lukasz Strauss' }],
    ['with other apostrophes', { full: 'Niamh O’Brien' }, { full: "Niamh O'Brien" }],
    ['with a hyphen that is a space', { full: 'Anne-Marie Roy' }, { full: 'Anne Marie Roy' }],
    ['of Hangul with a space and without', { given: '미나', family: '한' }, { full: '한미나' }],
    ['in either kind of kana', { full: 'スズキ ハナ' }, { full: 'すずきはな' }],
  ])('%s', (_, one, other) => {
    expect(pair(one, other)).toEqual(['O:7 P:1 0.6 SAME_NAME']);
  });

  it.each<[string, Row, Row]>([
    ['umlauts as passports write them', { full: 'Jürgen Möller' }, { full: 'Juergen Moeller' }],
    ['Nordic letters as passports write them', { full: 'Åse Bjørn' }, { full: 'Aase Bjoern' }],
    ['a hyphen that comes and goes', { full: 'Min-su Kim' }, { full: 'Minsu Kim' }],
  ])('or nearly the same: %s', (_, one, other) => {
    expect(pair(one, other)).toEqual(['O:7 P:1 0.5 SIMILAR_NAME']);
  });

  it.each<[string, Row, Row]>([
    ['a single word', { given: 'Mina' }, { full: 'Mina' }],
    ['one that only sounds alike', { full: 'Minsu Lee' }, { full: '이민수' }],
    ['a part of it', { full: 'Ana Maria Silva' }, { full: 'Ana Silva' }],
    ['none', {}, {}],
  ])('but not by %s', (_, one, other) => {
    expect(pair(one, other)).toEqual([]);
  });
});

describe('Two addresses are alike', () => {
  const anna = 'anna.lund@yard.example';

  it.each<[string, string, string]>([
    ['another domain', 'anna.lund@ship.example', 'SAME_MAILBOX'],
    ['a letter that is missing', 'ana.lund@yard.example', 'SIMILAR_ADDRESS'],
    ['a letter too many', 'anna.lundh@yard.example', 'SIMILAR_ADDRESS'],
    ['another letter', 'anna.lunt@yard.example', 'SIMILAR_ADDRESS'],
    ['two letters that changed places', 'anan.lund@yard.example', 'SIMILAR_ADDRESS'],
  ])('with %s', (_, email, evidence) => {
    const score = evidence === 'SAME_MAILBOX' ? 0.5 : 0.4;
    expect(pair({ email: anna }, { email })).toEqual([`O:7 P:1 ${score} ${evidence}`]);
  });

  it.each([
    ['two letters that differ', 'anne.lunt@yard.example'],
    ['a number that differs', 'anna.lund2@yard.example'],
    ['both parts that differ', 'ana.lund@ship.example'],
  ])('but not with %s', (_, email) => {
    expect(pair({ email: anna }, { email })).toEqual([]);
  });

  it('and say little of two whose names have no word in common', () => {
    expect(pair({ full: 'Anna Lund', email: anna }, { full: 'Ada Bloch', email: 'ana.lund@yard.example' })).toEqual([]);
  });

  it('and say more together with a name', () => {
    const other = { full: 'Lund Anna', email: 'anna.lund@ship.example' };
    expect(pair({ full: 'Anna Lund', email: anna }, other)).toEqual(['O:7 P:1 0.8 SAME_NAME SAME_MAILBOX']);
  });
});

describe('A likely pair', () => {
  const mina = { full: 'Mina Han' };

  it('is of people whom no source knows both', () => {
    expect(
      told({
        PAYROLL: [
          { key: '1', ...mina },
          { key: '2', ...mina },
        ],
      }),
    ).toEqual([]);
    const linked = { email: 'm@yard.example', ...mina };
    const rows = {
      PAYROLL: [{ key: '1', ...linked }],
      OFFICE: [
        { key: '7', ...linked },
        { key: '8', ...mina },
      ],
    };
    expect(told({ ...rows, DOOR: [] })).toEqual([]);
  });

  it('is ambiguous, and half as likely, where one of several can be right', () => {
    expect(
      told({
        PAYROLL: [{ key: '1', ...mina }],
        OFFICE: [
          { key: '7', ...mina },
          { key: '8', ...mina },
        ],
      }),
    ).toEqual(['O:7 P:1 0.3 SAME_NAME ?', 'O:8 P:1 0.3 SAME_NAME ?']);
  });

  it('is not ambiguous where three sources know one each', () => {
    const three = { PAYROLL: [{ key: '1', ...mina }], OFFICE: [{ key: '7', ...mina }], DOOR: [{ key: 'a', ...mina }] };
    expect(told(three)).toHaveLength(3);
    expect(told(three).filter((it) => it.endsWith('?'))).toEqual([]);
  });

  it('is told the same whatever the order of rows', () => {
    const row = fc.record({
      full: fc.constantFrom('Mina Han', 'Han Mina', 'Jürgen Moor', 'Juergen Moor', 'Ana Ray'),
      email: fc.constantFrom('a.ray@one.example', 'a.ray@two.example', 'an.ray@one.example', 'x@one.example'),
    });
    const rowsOf = (prefix: string) =>
      fc.array(row, { maxLength: 5 }).map((all) => all.map((it, index) => ({ key: `${prefix}${index}`, ...it })));
    fc.assert(
      fc.property(rowsOf('1'), rowsOf('7'), rowsOf('a'), (payroll, office, door) => {
        const once = told({ PAYROLL: payroll, OFFICE: office, DOOR: door });
        const again = told({
          PAYROLL: payroll.toReversed(),
          OFFICE: office.toReversed(),
          DOOR: door.toReversed(),
        });
        expect(again).toEqual(once);
      }),
      { numRuns: draws(200) },
    );
  });

  it('is found among 20,000 people without comparing them all, and others have their turns meanwhile', () => {
    const people = (prefix: string) =>
      Array.from({ length: 10_000 }, (_, index) => ({
        key: `${prefix}${index}`,
        full: `Given${index % 2_500} Family${Math.floor(index / 40)}`,
        email: `m${prefix.codePointAt(0)}.${index}@yard.example`,
      }));
    const rows = { PAYROLL: people('1'), OFFICE: people('7') };
    const { pairs, compared } = pairsIn(rows);
    expect(pairs.length).toBeGreaterThan(5_000);
    expect(compared).toBeLessThan(20_000 * 12);
    let yields = 0;
    for (const _ of steps(rows)) yields += 1;
    expect(yields).toBeGreaterThan(20_000 / 200);
  }, 120_000);
});
