import { describe, expect, it } from 'vitest';
import { parseMapping } from '../../src/identity/mapping-file.ts';
import { effectsOf, faultsIn } from '../../src/steward/check-mapping.ts';
import { KnownRecords, type NamedRecord, type StewardPerson } from '../../src/steward/known-records.ts';
import { type Comparison, pairsIn, RecordComparisons } from '../../src/steward/record-comparisons.ts';

type Identity = NonNullable<StewardPerson['identities']>[number];
type MissingLink = NonNullable<StewardPerson['missingLinks']>[number];

const person = (
  id: string,
  ...identities: [Identity['upstream'], string | null, Identity['matchedBy']][]
): StewardPerson => ({
  id,
  identities: identities.map(([upstream, mappingKey, matchedBy]) => ({
    ...{ upstream, upstreamId: mappingKey ?? 'login', mappingKey, matchedBy },
  })),
});

const linkedElsewhere = (upstream: MissingLink['upstream'], upstreamId: string): MissingLink => ({
  ...{ upstream, reason: 'LINKED_ELSEWHERE', rule: 'EMAIL', candidates: [{ upstream, upstreamId }] },
});

const people: StewardPerson[] = [
  person('1', ['LUCCA', '982', 'SOURCE'], ['NAVER', 'emp-7', 'EMAIL']),
  person('2', ['LUCCA', '983', 'SOURCE'], ['NAVER', 'emp-8', 'MAPPING_FILE']),
  person('3', ['CTRL_HUB', 'ab-1', 'SOURCE']),
  person('4', ['NAVER', '00042', 'SOURCE'], ['CTRL_HUB', null, 'EMAIL']),
  person('5', ['LUCCA', '985', 'SOURCE'], ['NAVER', 'emp-9', 'REMOTE_ID']),
  person('6', ['LUCCA', '986', 'SOURCE']),
  person('8', ['LUCCA', '988', 'SOURCE'], ['CTRL_HUB', 'ab-8', 'MAPPING_FILE']),
  // Whom a row in use has parted: without it, email would link 983 to emp-10, and 987 to emp-8.
  { ...person('7', ['LUCCA', '987', 'SOURCE']), missingLinks: [linkedElsewhere('NAVER', 'emp-8')] },
  { ...person('9', ['NAVER', 'emp-10', 'SOURCE']), missingLinks: [linkedElsewhere('LUCCA', '983')] },
  person('11', ['NAVER', 'emp-11', 'SOURCE'], ['CTRL_HUB', 'ab-11', 'EMAIL']),
  // Two share an address: without the row, email would link neither.
  { ...person('10', ['LUCCA', '990', 'SOURCE']), missingLinks: [linkedElsewhere('CTRL_HUB', 'ab-8')] },
];
const known = new KnownRecords(people);

const alike: Comparison = { matchedBy: [], evidence: ['SAME_NAME'] };
const byEmail: Comparison = { matchedBy: ['EMAIL'], evidence: ['SAME_ADDRESS'] };
const unlike: Comparison = { matchedBy: [], evidence: [] };

function said(
  text: string,
  compare: (one: NamedRecord, other: NamedRecord) => Comparison | null = () => alike,
): string[] {
  const { rows } = parseMapping(Buffer.from(text));
  const pairs = pairsIn(rows);
  const comparisons = new RecordComparisons(
    pairs,
    pairs.map(({ one, other }) => compare(one, other)),
  );
  return rows
    .flatMap((row) => {
      const faults = faultsIn(row, known);
      return faults.length > 0 ? faults : effectsOf(row, known, comparisons);
    })
    .map(({ number, kind, message }) => `${number} ${kind}: ${message}`);
}

describe('A row of the mapping file', () => {
  it.each<[string, string, string[]]>([
    ['links people who are not linked', 'lucca,ctrlHub\n986,AB-1\n', []],
    ['goes beyond what others link', 'lucca,naver,ctrlHub\n982,emp-7,ab-1\n', []],
    ['joins a person with all of their records', 'lucca,naver,ctrlHub\n986,emp-11,ab-11\n', []],
    ['joins people who have no other record', 'naver,ctrlHub\nemp-10,ab-1\n', []],
  ])('is good that %s', (_, text, findings) => {
    expect(said(text)).toEqual(findings);
  });

  it.each<[string, string, string]>([
    ['names nobody', 'lucca,naver\n999,emp-7\n', '2 FAULT: lucca matches nobody'],
    ['has a key in the wrong column', 'lucca,naver\n982,ab-1\n', '2 FAULT: naver holds a key of ctrlHub'],
    ['has another case', 'lucca,naver\n982,EMP-8\n', '2 FAULT: naver matches nobody, but would in another case'],
    [
      'has lost its zeros',
      'lucca,naver\n982,42\n',
      '2 FAULT: naver matches nobody, but would with other leading zeros, which spreadsheets drop',
    ],
    [
      'says what another rule says',
      'note,lucca,naver\n\n,982,emp-7\n',
      '3 NO_EFFECT: has no effect: another rule links these records already',
    ],
  ])('is told of that %s', (_, text, finding) => {
    expect(said(text)).toEqual([finding]);
  });

  it('is told of whom it takes a record from, and of what is given up for it', () => {
    expect(said('lucca,naver\n982,emp-9\n')).toEqual([
      '2 TAKES: takes naver emp-9 from lucca 985 (linked by remote-id); lucca 982 loses naver emp-7 (linked by email)',
    ]);
    expect(said('lucca,naver\n986,emp-7\n')).toEqual(['2 TAKES: takes naver emp-7 from lucca 982 (linked by email)']);
    expect(said('naver,ctrlHub\n00042,ab-1\n')).toEqual(['2 TAKES: naver 00042 loses ctrlHub login (linked by email)']);
  });

  it('is told of records that are left alone because it names only the one that leads them', () => {
    expect(said('lucca,naver\n986,00042\n')).toEqual([
      '2 TAKES: takes naver 00042 from ctrlHub login (linked by email)',
    ]);
  });

  it('takes the same when it is in use, but nothing where it settles a conflict', () => {
    expect(said('lucca,naver\n983,emp-8\n')).toEqual([
      '2 TAKES: takes naver emp-8 from lucca 987 (linked by email); lucca 983 loses naver emp-10 (linked by email)',
    ]);
    expect(said('lucca,ctrlHub\n988,ab-8\n', () => byEmail)).toEqual([]);
  });

  it('is told of records that have nothing in common with any other of it', () => {
    const text = 'lucca,naver,ctrlHub\n986,,ab-1\n';
    expect(said(text, () => unlike)).toEqual([
      '2 UNLIKE: lucca and ctrlHub have nothing in common: no name, address, number or birthday',
    ]);
    const threeOf = 'lucca,naver,ctrlHub\n982,emp-7,ab-1\n';
    const apartFrom = (upstream: string) => (one: NamedRecord, other: NamedRecord) =>
      [one.upstream, other.upstream].some((it) => it === upstream) ? unlike : alike;
    expect(said(threeOf, apartFrom('CTRL_HUB'))).toEqual([
      '2 UNLIKE: ctrlHub has nothing in common with the others: no name, address, number or birthday',
    ]);
    expect(
      said(threeOf, (one, other) => (one.upstream === 'LUCCA' && other.upstream === 'CTRL_HUB' ? unlike : alike)),
    ).toEqual([]);
    expect(said(text, () => null)).toEqual([]);
  });
});
