import type { Person } from '../directory/person.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from './people.ts';

/** What each upstream knows of a person. */
export type PeopleRecords = { LUCCA: LuccaEmployee; NAVER: NaverPerson; CTRL_HUB: CtrlHubUser };

/** One person, joined from every upstream that knows them. */
export type Employee = Person<PeopleRecords>;
