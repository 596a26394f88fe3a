import type { CtrlHubUser, LuccaEmployee, NaverPerson } from './people.ts';
import type { Person } from './person.ts';

/** What each upstream knows of a person. */
export type PeopleRecords = { LUCCA: LuccaEmployee; NAVER: NaverPerson; CTRL_HUB: CtrlHubUser };

/** One person, joined from every upstream that knows them. */
export type Employee = Person<PeopleRecords>;
