import type { NaverPerson } from '../../domain/people.ts';
import type { PeopleSource } from '../../domain/people-source.ts';

/**
 * NAVER WORKPLACE's employees as the directory sees them. A row that was made over the API has the `externalKey` that
 * the company gave it; one that was made in WORKPLACE's own screens may have its `empId` only, or neither. A name is one
 * text, of given and family name in any order. No documented member says that an employment has ended.
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
