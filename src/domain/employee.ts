import type { CtrlHubUser, LuccaEmployee, NaverPerson } from './people.ts';

/**
 * One person, through the record that leads: Lucca's where Lucca knows them, else the record that they were reached
 * through. `id` is the same by every path. What other upstreams know is asked for by who needs it.
 */
export type Employee =
  | { id: string; leads: 'LUCCA'; record: LuccaEmployee }
  | { id: string; leads: 'NAVER'; record: NaverPerson }
  | { id: string; leads: 'CTRL_HUB'; record: CtrlHubUser };
