import type { CtrlHubUser, LuccaEmployee, NaverPerson } from './people.ts';
import type { Person } from './person.ts';

/** The type of each upstream's record about a person. */
export type PeopleRecords = { LUCCA: LuccaEmployee; NAVER: NaverPerson; CTRL_HUB: CtrlHubUser };

/** One person with the linked records of all upstreams. */
export type Employee = Person<PeopleRecords>;
