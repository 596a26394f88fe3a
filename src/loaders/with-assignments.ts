import { isDeepStrictEqual } from 'node:util';
import type { AssignmentList } from '../upstreams/ctrl-hub/client.ts';

type Identified = { ctrlHubId: string };

/** The list with what was read back after a write, and the same list where it holds all of that already. */
export function withAssignments(list: AssignmentList, added: AssignmentList): AssignmentList {
  const rows = withRows(list.rows, added.rows);
  const roles = withRows(list.roles, added.roles);
  const users = withRows(list.users, added.users);
  const organisations = withRows(list.organisations, added.organisations);
  const isSame =
    rows === list.rows && roles === list.roles && users === list.users && organisations === list.organisations;
  return isSame ? list : { ...list, rows, roles, users, organisations };
}

function withRows<Row extends Identified>(rows: readonly Row[], added: readonly Row[]): readonly Row[] {
  const known = new Map(rows.map((row) => [row.ctrlHubId, row]));
  const news = added.filter((row) => !isDeepStrictEqual(known.get(row.ctrlHubId), row));
  if (news.length === 0) return rows;
  for (const row of news) known.set(row.ctrlHubId, row);
  return [...known.values()];
}
