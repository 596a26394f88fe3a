import type { EmployeeFilter, EmployeeOrder, EmployeeStatus } from 'hr-graph/client';
import { statuses } from '../parts/status.tsx';

/** Whom the list shows, as the address of the page says it: whoever gets the address sees the same. */
export type Wanted = {
  search: string;
  grade: readonly string[];
  position: readonly string[];
  role: readonly string[];
  profession: readonly string[];
  status: readonly EmployeeStatus[];
  minRank: number | null;
  hiredFrom: string | null;
  hiredUntil: string | null;
  order: EmployeeOrder;
};

/** The conditions of which several values can be chosen. */
export type Choosable = 'grade' | 'position' | 'role' | 'profession' | 'status';

export const orders: Record<EmployeeOrder, string> = {
  FAMILY_NAME_ASC: 'Name, A to Z',
  FAMILY_NAME_DESC: 'Name, Z to A',
  GRADE_DESC: 'Grade, highest first',
  GRADE_ASC: 'Grade, lowest first',
  POSITION_DESC: 'Position, highest first',
  POSITION_ASC: 'Position, lowest first',
  HIRED_ON_DESC: 'Hired, newest first',
  HIRED_ON_ASC: 'Hired, oldest first',
  CREATED_AT_DESC: 'Added, newest first',
  CREATED_AT_ASC: 'Added, oldest first',
};

export const everybody: Wanted = {
  search: '',
  grade: [],
  position: [],
  role: [],
  profession: [],
  status: [],
  minRank: null,
  hiredFrom: null,
  hiredUntil: null,
  order: 'FAMILY_NAME_ASC',
};

export const isOrder = (text: string): text is EmployeeOrder => Object.hasOwn(orders, text);
const dayIn = (text: string | null): string | null => (text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null);

/** What is no condition of this page, or not of its form, is passed over. */
export function wantedIn(query: string): Wanted {
  const fields = new URLSearchParams(query);
  const order = fields.get('order') ?? '';
  const minRank = Number(fields.get('minRank') ?? Number.NaN);
  return {
    search: fields.get('search') ?? '',
    grade: fields.getAll('grade'),
    position: fields.getAll('position'),
    role: fields.getAll('role'),
    profession: fields.getAll('profession'),
    status: statuses.filter((it) => fields.getAll('status').includes(it)),
    minRank: Number.isInteger(minRank) && minRank > 0 ? minRank : null,
    hiredFrom: dayIn(fields.get('hiredFrom')),
    hiredUntil: dayIn(fields.get('hiredUntil')),
    order: isOrder(order) ? order : everybody.order,
  };
}

export function addressOf(wanted: Wanted): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(wanted)) {
    if (name === 'order' && value === everybody.order) continue;
    for (const it of [value].flat()) if (it !== null && it !== '') fields.append(name, String(it));
  }
  return fields.size === 0 ? '/' : `/?${fields}`;
}

export function filterOf(wanted: Wanted): EmployeeFilter {
  const { search, grade, position, role, profession, status, minRank, hiredFrom, hiredUntil } = wanted;
  return {
    ...(search.trim() !== '' && { search: search.trim() }),
    ...(grade.length > 0 && { gradeKeys: [...grade] }),
    ...(position.length > 0 && { positionKeys: [...position] }),
    ...(role.length > 0 && { jobRoleIds: [...role] }),
    ...(profession.length > 0 && { professionIds: [...profession] }),
    ...(status.length > 0 && { status: [...status] }),
    ...(minRank !== null && { minRank }),
    ...(hiredFrom !== null && { hiredFrom }),
    ...(hiredUntil !== null && { hiredUntil }),
  };
}
