import type { LuccaEmployee } from '../../domain/people.ts';
import type { PeopleSource } from '../../domain/people-source.ts';

/**
 * Lucca's employees as a people source. `remoteId` is the company's own key for an employee (Api-Version 2024-11-01,
 * employees). A person who left stays as DEACTIVATED, beside the record of a later hire.
 */
export const luccaPeople: PeopleSource<LuccaEmployee, 'LUCCA'> = {
  name: 'LUCCA',
  keys: [{ prefix: 'L', of: ({ luccaId }) => luccaId }],
  ignoresCaseOfKeys: false,
  traitsOf: ({ email, remoteId, employeeNumber }) => ({ email, remoteId, employeeNumber }),
  namesOf: ({ givenName, familyName }) => ({ given: givenName, family: familyName, full: null }),
  birthdayOf: ({ birthday }) => birthday,
  isFormer: ({ status }) => status === 'DEACTIVATED',
};
