import { isDeepStrictEqual } from 'node:util';
import type { AssignmentList } from '../upstreams/ctrl-hub/client.ts';

type Identified = { ctrlHubId: string };

/** Merges assignments read back after a write into the list. Returns the same list if it already holds them. */
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
  const changed = added.filter((row) => !isDeepStrictEqual(known.get(row.ctrlHubId), row));
  if (changed.length === 0) return rows;
  for (const row of changed) known.set(row.ctrlHubId, row);
  return [...known.values()];
}
