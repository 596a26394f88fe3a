import { describe, it } from 'vitest';
import { expectLinks, type LinkingCase } from './linking-case.ts';

const cases: Record<string, LinkingCase> = {
  'one address in every system makes one person': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example' }],
    OFFICE: [{ key: '7', email: 'Anna@Hanbit.example ' }],
    DOOR: [{ key: '9', email: 'anna@hanbit.example' }],
    people: ['P:1 + O:7 by EMAIL + D:9 by EMAIL'],
  },
  'a rehire: the former record gives way to the present one': {
    PAYROLL: [
      { key: '1', email: 'anna@hanbit.example', left: true },
      { key: '2', email: 'anna@hanbit.example' },
    ],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }],
    people: ['P:1', 'P:2 + O:7 by EMAIL'],
  },
  'a rehire: the former record is still open to other rules': {
    PAYROLL: [
      { key: '1', email: 'anna@hanbit.example', number: 'E1', left: true },
      { key: '2', email: 'anna@hanbit.example' },
    ],
    OFFICE: [
      { key: '7', email: 'anna@hanbit.example' },
      { key: '8', number: 'E1' },
    ],
    people: ['P:1 + O:8 by EMPLOYEE_NUMBER', 'P:2 + O:7 by EMAIL'],
  },
  'two former records and no present one count like any two': {
    PAYROLL: [
      { key: '1', email: 'anna@hanbit.example', left: true },
      { key: '2', email: 'anna@hanbit.example', left: true },
    ],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }],
    people: ['O:7', 'P:1 ? OFFICE', 'P:2 ? OFFICE'],
    conflicts: ['EMAIL: P:1, P:2 | O:7'],
  },
  'an address that only a former record has links it': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example', left: true }],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }],
    people: ['P:1 + O:7 by EMAIL'],
  },
  'a shared mailbox links nobody': {
    PAYROLL: [
      { key: '1', email: 'stores@hanbit.example' },
      { key: '2', email: 'stores@hanbit.example' },
    ],
    OFFICE: [
      { key: '7', email: 'stores@hanbit.example' },
      { key: '8', email: 'stores@hanbit.example' },
    ],
    people: ['O:7', 'O:8', 'P:1 ? OFFICE', 'P:2 ? OFFICE'],
    conflicts: ['EMAIL: P:1, P:2 | O:7, O:8'],
  },
  'a shared mailbox does no harm where a later rule tells everybody apart': {
    PAYROLL: [
      { key: '1', email: 'stores@hanbit.example', number: 'E1' },
      { key: '2', email: 'stores@hanbit.example', number: 'E2' },
    ],
    OFFICE: [
      { key: '7', email: 'stores@hanbit.example', number: 'E2' },
      { key: '8', email: 'stores@hanbit.example', number: 'E1' },
    ],
    people: ['P:1 + O:8 by EMPLOYEE_NUMBER', 'P:2 + O:7 by EMPLOYEE_NUMBER'],
  },
  'who is left over stays contested even where a later rule has linked the counterpart': {
    PAYROLL: [{ key: '1', email: 'stores@hanbit.example', number: 'E1' }],
    OFFICE: [
      { key: '7', email: 'stores@hanbit.example', number: 'E1' },
      { key: '8', email: 'stores@hanbit.example' },
    ],
    people: ['O:8', 'P:1 + O:7 by EMPLOYEE_NUMBER'],
    conflicts: ['EMAIL: P:1 | O:7, O:8'],
  },
  'a person can be left over as well': {
    PAYROLL: [
      { key: '1', email: 'stores@hanbit.example', number: 'E1' },
      { key: '2', email: 'stores@hanbit.example' },
    ],
    OFFICE: [{ key: '7', email: 'stores@hanbit.example', number: 'E1' }],
    people: ['P:1 + O:7 by EMPLOYEE_NUMBER', 'P:2 ? OFFICE'],
    conflicts: ['EMAIL: P:1, P:2 | O:7'],
  },
  'a contested record takes no part in later passes': {
    PAYROLL: [{ key: '1', email: 'stores@hanbit.example' }],
    OFFICE: [{ key: '7', number: 'E7' }],
    DOOR: [
      { key: '8', email: 'stores@hanbit.example', number: 'E7' },
      { key: '9', email: 'stores@hanbit.example' },
    ],
    people: ['D:8', 'D:9', 'O:7', 'P:1 ? DOOR'],
    conflicts: ['EMAIL: P:1 | D:8, D:9'],
  },
  'a married name: the remote id still links, though the address has changed': {
    PAYROLL: [{ key: '1', email: 'anna.berg@hanbit.example', remoteId: 'r1' }],
    OFFICE: [{ key: '7', email: 'anna.lind@hanbit.example', remoteId: 'r1' }],
    people: ['P:1 + O:7 by REMOTE_ID'],
  },
  'a remote id is compared exactly, and without the spaces around it': {
    PAYROLL: [
      { key: '1', remoteId: 'r1' },
      { key: '2', remoteId: 'r2' },
    ],
    OFFICE: [
      { key: '7', remoteId: ' r1 ' },
      { key: '8', remoteId: 'R2' },
    ],
    people: ['O:8', 'P:1 + O:7 by REMOTE_ID', 'P:2'],
  },
  'a placeholder is no employee number': {
    PAYROLL: [{ key: '1', number: '0000' }],
    OFFICE: [{ key: '7', number: '0000' }],
    people: ['O:7', 'P:1'],
  },
  'a text that is no address links nobody': {
    PAYROLL: [{ key: '1', email: 'none' }],
    OFFICE: [{ key: '7', email: 'none' }],
    people: ['O:7', 'P:1'],
  },
  'a domain is one in Unicode and in ASCII': {
    PAYROLL: [{ key: '1', email: 'anna@bücher.example' }],
    OFFICE: [{ key: '7', email: 'anna@xn--bcher-kva.example' }],
    people: ['P:1 + O:7 by EMAIL'],
  },
  'an address is one however its accents are composed': {
    PAYROLL: [{ key: '1', email: 'ren\u00e9@hanbit.example' }],
    OFFICE: [{ key: '7', email: 'rene\u0301@hanbit.example' }],
    people: ['P:1 + O:7 by EMAIL'],
  },
  'a fullwidth @ is an @': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example' }],
    OFFICE: [{ key: '7', email: 'anna＠hanbit.example' }],
    people: ['P:1 + O:7 by EMAIL'],
  },
  'zero-width characters in an address do not count': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example' }],
    OFFICE: [{ key: '7', email: '\u200banna@han\u00adbit.example\ufeff ' }],
    people: ['P:1 + O:7 by EMAIL'],
  },
  'a Turkish dotless i is not an i, in any language of the machine': {
    PAYROLL: [
      { key: '1', email: 'ISIL@hanbit.example' },
      { key: '2', email: 'ısıl@hanbit.example' },
    ],
    OFFICE: [{ key: '7', email: 'isil@hanbit.example' }],
    people: ['P:1 + O:7 by EMAIL', 'P:2'],
  },
  'the mapping file decides before the e-mail, and who loses is not contested': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example' }],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }, { key: '8' }],
    mapping: [{ PAYROLL: '1', OFFICE: '8' }],
    people: ['O:7', 'P:1 + O:8 by MAPPING_FILE'],
  },
  'rules are tried in the order that is configured': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example' }],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }, { key: '8' }],
    mapping: [{ PAYROLL: '1', OFFICE: '8' }],
    rules: ['EMAIL', 'MAPPING_FILE'],
    people: ['O:8', 'P:1 + O:7 by EMAIL'],
  },
  'the mapping file compares keys as the system does': {
    PAYROLL: [{ key: '1' }, { key: 'a' }],
    DOOR: [{ key: 'ABC' }, { key: 'abd' }],
    mapping: [
      { PAYROLL: ' 1', DOOR: 'AbC' },
      { PAYROLL: 'A', DOOR: 'abd' },
    ],
    people: ['D:abd', 'P:1 + D:ABC by MAPPING_FILE', 'P:a'],
  },
  'a row of the mapping file names a person by any of their records': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example' }],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }],
    CANTEEN: [{ key: '3' }],
    mapping: [{ OFFICE: '7', CANTEEN: '3' }],
    people: ['P:1 + O:7 by EMAIL + K:3 by MAPPING_FILE'],
  },
  'two rows that name one person are one row': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example' }],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }],
    CANTEEN: [{ key: '3' }, { key: '4' }],
    mapping: [
      { PAYROLL: '1', CANTEEN: '3' },
      { OFFICE: '7', CANTEEN: '4' },
    ],
    people: ['K:3', 'K:4', 'P:1 + O:7 by EMAIL ? CANTEEN'],
    conflicts: ['MAPPING_FILE: P:1 | K:3, K:4'],
  },
  'people are compared by their leading record alone': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example', number: 'E1' }],
    OFFICE: [{ key: '7', email: 'anna@office.example', number: 'E1' }],
    DOOR: [{ key: '9', email: 'anna@office.example' }],
    people: ['D:9', 'P:1 + O:7 by EMPLOYEE_NUMBER'],
  },
  'a record without keys joins a person, but is none by itself': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example' }],
    OFFICE: [{ email: 'anna@hanbit.example' }, { email: 'bo@hanbit.example' }],
    DOOR: [{ key: '9', email: 'bo@hanbit.example' }],
    people: ['D:9', 'P:1 + a record of OFFICE without keys by EMAIL'],
  },
  'a record without its first key is named by the next': {
    OFFICE: [{ badge: '70' }, { key: ' ', badge: '71' }],
    people: ['Ob:70', 'Ob:71'],
  },
  'a move, before it: whom only a later system knows is named by that': {
    PAYROLL: [],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }],
    people: ['O:7'],
  },
  'a move: whom an earlier system has come to know is named by that, and the later id leads there': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example' }],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }],
    people: ['P:1 + O:7 by EMAIL'],
  },
  'a move back: who has left the earlier system has the id of the later one again, and nobody gets the other': {
    PAYROLL: [{ key: '2', email: 'bo@hanbit.example' }],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }],
    people: ['O:7', 'P:2'],
  },
  'a key that a system gives to the next person is theirs, and brings nothing of who had it': {
    PAYROLL: [{ key: '1', email: 'bo@hanbit.example' }],
    OFFICE: [
      { key: '7', email: 'anna@hanbit.example' },
      { key: '8', email: 'bo@hanbit.example' },
    ],
    people: ['O:7', 'P:1 + O:8 by EMAIL'],
  },
  'a key that two records have names neither of them': {
    PAYROLL: [
      { key: '1', badge: '10', email: 'anna@hanbit.example' },
      { key: '1', badge: '11' },
      { key: '1', email: 'bo@hanbit.example' },
    ],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }],
    people: ['Pb:10 + O:7 by EMAIL', 'Pb:11'],
  },
};

describe('linking', () => {
  it.each(Object.entries(cases))('%s', (_, given) => expectLinks(given));
});
