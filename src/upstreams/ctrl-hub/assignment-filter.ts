import type { JobRoleAssignment } from '../../domain/organisation.ts';
import type { Assignment } from '../../domain/writes.ts';
import { canAskFor, type FilterDialect, type FilterName, writeFilter } from './filter-dialect.ts';

/** A filter of the assignment list, and how its rows are checked again. */
export type FilterBatch = {
  /** Percent-encoded value of the `filter` parameter. */
  filter: string;
  /** A server that does not know a filter answers every row; and not every type can be written in every dialect. */
  isAnsweredBy: (assignment: JobRoleAssignment) => boolean;
};

/** The assignments of one user to one role, of one type, or of none where it is null. */
export function filterFor({ userId, roleId, type }: Assignment, dialect: FilterDialect): FilterBatch {
  const conditions: [FilterName, readonly string[]][] = [
    ['user', [userId]],
    ['role', [roleId]],
  ];
  if (type !== null && canAskFor(type, dialect)) conditions.push(['type', [type]]);
  return {
    filter: writeFilter(conditions, dialect),
    isAnsweredBy: (row) => row.userId === userId && row.roleId === roleId && row.type === type,
  };
}
