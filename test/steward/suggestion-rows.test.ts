import { describe, expect, it } from 'vitest';
import { type Suggestion, suggestionRows } from '../../src/steward/suggestion-rows.ts';

type Person = Suggestion['people'][number];
type Identity = NonNullable<Person['identities']>[number];

const person = (upstream: Identity['upstream'], mappingKey: string, more: Partial<Person & Identity> = {}): Person => ({
  id: `${upstream} ${mappingKey}`,
  displayName: `Person ${mappingKey}`,
  status: more.status ?? null,
  identities: [{ upstream, matchedBy: more.matchedBy ?? 'SOURCE', mappingKey }],
});

const pair = (one: Person, other: Person, more: Partial<Suggestion> = {}): Suggestion => ({
  people: [one, other],
  score: 0.6,
  evidence: ['SAME_NAME'],
  isAmbiguous: false,
  ...more,
});

const [a, b, c] = [person('LUCCA', '982'), person('NAVER', 'emp-7'), person('CTRL_HUB', 'u1')];

describe('Rows of suggestions', () => {
  it('have the columns of the mapping file, a score, and why', () => {
    expect(suggestionRows([pair(a, b, { score: 0.8, evidence: ['SAME_NAME', 'SAME_MAILBOX'] })])).toEqual([
      ['982', 'emp-7', '', '0.80', 'Person 982 / Person emp-7; same name, same address in another domain'],
    ]);
  });

  it('are one where suggestions agree, with the least of their scores', () => {
    const agreeing = [pair(a, b, { score: 0.8 }), pair(b, c), pair(a, c, { score: 0.5, evidence: ['SAME_MAILBOX'] })];
    expect(suggestionRows(agreeing)).toEqual([
      [
        ...['982', 'emp-7', 'u1', '0.50'],
        'Person 982 / Person emp-7 / Person u1; same name, same address in another domain',
      ],
    ]);
    expect(suggestionRows([pair(a, b), pair(c, person('LUCCA', '4')), pair(b, c)])).toHaveLength(1);
  });

  it('are several where suggestions contradict each other, which no server takes before one is struck out', () => {
    const rows = suggestionRows([
      pair(a, b, { isAmbiguous: true }),
      pair(a, person('NAVER', 'emp-8'), { isAmbiguous: true }),
    ]);
    expect(rows.map((it) => it.slice(0, 2))).toEqual([
      ['982', 'emp-7'],
      ['982', 'emp-8'],
    ]);
    for (const row of rows) expect(row.at(-1)).toContain('one of several: keep one of the rows with the same key');
  });

  it('say where the mapping file has a row already, and who has left', () => {
    const known: Person = { ...a, status: 'DEACTIVATED' };
    const linked = person('NAVER', 'emp-7', { matchedBy: 'MAPPING_FILE' });
    const [row] = suggestionRows([pair(known, linked)]);
    expect(row?.at(-1)).toContain(
      '; the mapping file already has a row with one of these keys: complete that row; has left',
    );
  });
});
