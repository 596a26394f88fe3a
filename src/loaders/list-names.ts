import type { JobQualification, Profession } from '../domain/organisation.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { AssignmentList, MemberList } from '../upstreams/ctrl-hub/client.ts';
import type { EmployeeList, LuccaList } from '../upstreams/lucca/client.ts';
import type { ItemList, PersonList } from '../upstreams/naver/client.ts';

/** The lists from which everybody is linked: they are read ahead, and change together with the snapshot. */
export type PeopleLists = {
  employees: EmployeeList;
  people: PersonList;
  members: MemberList;
  assignments: AssignmentList;
};

/** Short lists that everything refers to, read when an operation needs them. */
export type ReferenceLists = {
  jobQualifications: LuccaList<JobQualification>;
  professions: LuccaList<Profession>;
  grades: ItemList;
  positions: ItemList;
};

export type Lists = PeopleLists & ReferenceLists;

export type PeopleListName = keyof PeopleLists;
export type ReferenceListName = keyof ReferenceLists;
export type ListName = keyof Lists;

/** Every list, with the upstream that owns it. */
export const upstreamOfList: Record<ListName, Upstream> = {
  employees: 'LUCCA',
  people: 'NAVER',
  members: 'CTRL_HUB',
  assignments: 'CTRL_HUB',
  jobQualifications: 'LUCCA',
  professions: 'LUCCA',
  grades: 'NAVER',
  positions: 'NAVER',
};

/** What has to be read to know an upstream's people. */
export const peopleListsOf: Record<Upstream, readonly PeopleListName[]> = {
  LUCCA: ['employees'],
  NAVER: ['people'],
  CTRL_HUB: ['members', 'assignments'],
};

export const peopleListNames: readonly PeopleListName[] = Object.values(peopleListsOf).flat();
export const referenceListNames: readonly ReferenceListName[] = [
  'jobQualifications',
  'professions',
  'grades',
  'positions',
];

export const isPeopleList = (name: ListName): name is PeopleListName => peopleListNames.some((it) => it === name);
