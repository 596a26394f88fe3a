import type { NaverPerson } from '../../domain/people.ts';
import type { PeopleSource } from '../../domain/people-source.ts';

/**
 * NAVER WORKPLACE's employees as a people source. A row created over the API has the `externalKey` that the company
 * gave it; one created in WORKPLACE's own screens may have only its `empId`, or neither. A name is one text, with given
 * and family name in any order. No documented member says that an employment has ended.
 */
export const naverPeople: PeopleSource<NaverPerson, 'NAVER'> = {
  name: 'NAVER',
  keys: [
    { prefix: 'N', of: ({ externalKey }) => externalKey },
    { prefix: 'W', of: ({ empId }) => empId },
  ],
  ignoresCaseOfKeys: false,
  traitsOf: ({ email, externalKey, employeeNumber }) => ({ email, remoteId: externalKey, employeeNumber }),
  namesOf: ({ name }) => ({ given: null, family: null, full: name }),
  otherNamesOf: ({ names }) => names.map(({ text }) => text),
  birthdayOf: ({ birthday }) => birthday,
  isFormer: () => false,
};
