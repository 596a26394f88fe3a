import { describe, it } from 'vitest';
import { expectLinks, type LinkingCase } from './linking-case.ts';

const stores = 'stores@hanbit.example';

/** What the named cases leave open: orders, and who is still seen by which rule. */
const cases: Record<string, LinkingCase> = {
  'a former record counts where two are present': {
    PAYROLL: [
      { key: '1', email: stores, left: true },
      { key: '2', email: stores },
      { key: '3', email: stores },
    ],
    OFFICE: [{ key: '7', email: stores }],
    people: ['O:7', 'P:1 ? OFFICE', 'P:2 ? OFFICE', 'P:3 ? OFFICE'],
    conflicts: ['EMAIL: P:1, P:2, P:3 | O:7'],
  },
  'a record that is linked is not seen by later rules': {
    PAYROLL: [
      { key: '1', email: 'anna@hanbit.example' },
      { key: '2', number: 'E1' },
    ],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example', number: 'E1' }],
    people: ['P:1 + O:7 by EMAIL', 'P:2'],
  },
  'a person who is linked is not seen by later rules': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example', number: 'E1' }],
    OFFICE: [
      { key: '7', email: 'anna@hanbit.example' },
      { key: '8', number: 'E1' },
    ],
    people: ['O:8', 'P:1 + O:7 by EMAIL'],
  },
  'two conflicts about one system contest it once': {
    PAYROLL: [
      { key: '1', email: stores, number: 'E1' },
      { key: '2', email: stores, number: 'E1' },
    ],
    OFFICE: [{ key: '7', email: stores, number: 'E1' }],
    people: ['O:7', 'P:1 ? OFFICE', 'P:2 ? OFFICE'],
    conflicts: ['EMAIL: P:1, P:2 | O:7', 'EMPLOYEE_NUMBER: P:1, P:2 | O:7'],
  },
  'several systems can be contested, and each pass has conflicts of its own': {
    PAYROLL: [{ key: '1', email: stores }],
    OFFICE: [
      { key: '7', email: stores },
      { key: '8', email: stores },
      { key: '9', email: 'bo@hanbit.example' },
    ],
    DOOR: [
      { key: 'a', email: stores },
      { key: 'b', email: stores },
      { key: 'c', email: 'bo@hanbit.example' },
      { key: 'd', email: 'bo@hanbit.example' },
    ],
    people: ['D:a', 'D:b', 'D:c', 'D:d', 'O:7', 'O:8', 'O:9 ? DOOR', 'P:1 ? OFFICE ? DOOR'],
    conflicts: ['EMAIL: P:1 | O:7, O:8', 'EMAIL: P:1 | D:a, D:b', 'EMAIL: O:9 | D:c, D:d'],
  },
  'conflicts are in order of rule, then of the first person’s id': {
    PAYROLL: [
      { key: '30', email: 'b@hanbit.example' },
      { key: '4', email: 'a@hanbit.example' },
      { key: '2', number: 'E2' },
      { key: '100', number: 'E2' },
    ],
    OFFICE: [
      { key: '10', email: 'a@hanbit.example' },
      { key: '9', email: 'a@hanbit.example' },
      { key: '8', email: 'b@hanbit.example' },
      { key: '7', email: 'b@hanbit.example' },
      { key: '6', number: 'E2' },
    ],
    people: ['O:10', 'O:6', 'O:7', 'O:8', 'O:9', 'P:100 ? OFFICE', 'P:2 ? OFFICE', 'P:30 ? OFFICE', 'P:4 ? OFFICE'],
    conflicts: ['EMAIL: P:4 | O:9, O:10', 'EMAIL: P:30 | O:7, O:8', 'EMPLOYEE_NUMBER: P:2, P:100 | O:6'],
  },
  'a conflict’s records are in order of key, those without one behind': {
    PAYROLL: [{ key: '1', email: stores }],
    OFFICE: [
      { given: 'Bo', email: stores },
      { badge: '5', email: stores },
      { given: 'Anna', email: stores },
      { key: '700', email: stores },
    ],
    people: ['O:700', 'Ob:5', 'P:1 ? OFFICE'],
    conflicts: ['EMAIL: P:1 | O:700, Ob:5, Bo of OFFICE without keys, Anna of OFFICE without keys'],
  },
  'rows of the mapping file are one through a person, in whichever order they stand': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example' }],
    OFFICE: [{ key: '7', email: 'anna@hanbit.example' }],
    DOOR: [{ key: '9', email: 'anna@hanbit.example' }],
    CANTEEN: [{ key: '3' }, { key: '4' }, { key: '5' }],
    mapping: [
      { OFFICE: '7', CANTEEN: '3' },
      { DOOR: '9', CANTEEN: '4' },
      { PAYROLL: '1', CANTEEN: '5' },
    ],
    people: ['K:3', 'K:4', 'K:5', 'P:1 + O:7 by EMAIL + D:9 by EMAIL ? CANTEEN'],
    conflicts: ['MAPPING_FILE: P:1 | K:3, K:4, K:5'],
  },
  'rows of the mapping file are one through a record whose key they spell differently': {
    PAYROLL: [{ key: '1' }, { key: '2' }],
    DOOR: [{ key: 'abc' }],
    mapping: [
      { PAYROLL: '1', DOOR: 'abc' },
      { PAYROLL: '2', DOOR: 'ABC' },
    ],
    people: ['D:abc', 'P:1 ? DOOR', 'P:2 ? DOOR'],
    conflicts: ['MAPPING_FILE: P:1, P:2 | D:abc'],
  },
  'a row of the mapping file names either kind of key, and so two records at once': {
    PAYROLL: [{ key: '1' }],
    OFFICE: [{ key: '7' }, { badge: '7' }],
    mapping: [{ PAYROLL: '1', OFFICE: '7' }],
    people: ['O:7', 'Ob:7', 'P:1 ? OFFICE'],
    conflicts: ['MAPPING_FILE: P:1 | O:7, Ob:7'],
  },
  'a remote id is compared exactly, even with a system that ignores the case of its keys': {
    PAYROLL: [
      { key: '1', remoteId: 'R1' },
      { key: '2', remoteId: 'r2' },
    ],
    DOOR: [
      { key: 'a', remoteId: 'R1' },
      { key: 'b', remoteId: 'R2' },
    ],
    people: ['D:b', 'P:1 + D:a by REMOTE_ID', 'P:2'],
  },
  'of four systems, each links to whoever the first of the others leads': {
    PAYROLL: [{ key: '1', email: 'anna@hanbit.example' }],
    OFFICE: [
      { key: '7', email: 'anna@hanbit.example' },
      { key: '8', email: 'bo@hanbit.example' },
    ],
    DOOR: [
      { key: '10', email: 'anna@hanbit.example' },
      { key: '11', email: 'bo@hanbit.example' },
      { key: '12', email: 'cho@hanbit.example' },
    ],
    CANTEEN: ['anna', 'bo', 'cho', 'dai'].map((name) => ({ key: name, email: `${name}@hanbit.example` })),
    people: [
      'D:12 + K:cho by EMAIL',
      'K:dai',
      'O:8 + D:11 by EMAIL + K:bo by EMAIL',
      'P:1 + O:7 by EMAIL + D:10 by EMAIL + K:anna by EMAIL',
    ],
  },
  'no system knows anybody': { PAYROLL: [], OFFICE: [], people: [] },
  'no system is there': { people: [] },
};

describe('linking in detail', () => {
  it.each(Object.entries(cases))('%s', (_, given) => expectLinks(given));
});
