import type { CtrlHubUser } from '../../domain/people.ts';
import type { PeopleSource } from '../../domain/people-source.ts';

/** Ctrl Hub's users as a people source. Their ids are UUIDs, which are case-insensitive. */
export const ctrlHubPeople: PeopleSource<CtrlHubUser, 'CTRL_HUB'> = {
  name: 'CTRL_HUB',
  keys: [{ prefix: 'C', of: ({ ctrlHubId }) => ctrlHubId }],
  ignoresCaseOfKeys: true,
  traitsOf: ({ email }) => ({ email, remoteId: null, employeeNumber: null }),
  namesOf: ({ firstName, lastName }) => ({ given: firstName, family: lastName, full: null }),
  isFormer: () => false,
};
