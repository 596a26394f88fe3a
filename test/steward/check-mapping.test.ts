import { describe, expect, it } from 'vitest';
import type { PersonRecordsFragment } from '../../src/client/client.ts';
import { parseMapping } from '../../src/identity/mapping-file.ts';
import { checkMapping } from '../../src/steward/check-mapping.ts';

type Identity = NonNullable<PersonRecordsFragment['identities']>[number];

const person = (id: string, ...identities: [Identity['upstream'], string | null, Identity['matchedBy']][]) => ({
  id,
  identities: identities.map(([upstream, mappingKey, matchedBy]) => ({ upstream, mappingKey, matchedBy })),
});

const people: PersonRecordsFragment[] = [
  person('1', ['LUCCA', '982', 'SOURCE'], ['NAVER', 'emp-7', 'EMAIL']),
  person('2', ['LUCCA', '983', 'SOURCE'], ['NAVER', 'emp-8', 'MAPPING_FILE']),
  person('3', ['CTRL_HUB', 'ab-1', 'SOURCE']),
  person('4', ['NAVER', '00042', 'SOURCE'], ['CTRL_HUB', null, 'EMAIL']),
];

const told = (text: string): string[] =>
  checkMapping(parseMapping(Buffer.from(text)).rows, people).map(
    ({ number, message, isFault }) => `${number} ${isFault ? 'fault' : 'note'}: ${message}`,
  );

describe('A row of the mapping file', () => {
  it.each<[string, string, string[]]>([
    ['links people who are not linked', 'lucca,ctrlHub\n982,AB-1\n', []],
    ['is what links somebody', 'lucca,naver\n983,emp-8\n', []],
    ['goes beyond what others link', 'lucca,naver,ctrlHub\n982,emp-7,ab-1\n', []],
  ])('is good that %s', (_, text, findings) => {
    expect(told(text)).toEqual(findings);
  });

  it.each<[string, string, string]>([
    ['names nobody', 'lucca,naver\n999,emp-7\n', '2 fault: lucca matches nobody'],
    ['has a key in the wrong column', 'lucca,naver\n982,ab-1\n', '2 fault: naver holds a key of ctrlHub'],
    ['has another case', 'lucca,naver\n982,EMP-8\n', '2 fault: naver matches nobody, but would in another case'],
    [
      'has lost its zeros',
      'lucca,naver\n982,42\n',
      '2 fault: naver matches nobody, but would with other leading zeros, which spreadsheets drop',
    ],
    [
      'says what another rule says',
      'note,lucca,naver\n\n,982,emp-7\n',
      '3 note: has no effect: another rule links these records already',
    ],
  ])('is told of that %s', (_, text, finding) => {
    expect(told(text)).toEqual([finding]);
  });
});
