import type { JobRoleAssignment } from '../../domain/organisation.ts';
import type { Assignment } from '../../domain/writes.ts';
import { canFilterBy, type FilterDialect, type FilterName, writeFilter } from './filter-dialect.ts';

/** A filter of the assignment list, and a check of the rows that it returns. */
export type FilterBatch = {
  /** Percent-encoded value of the `filter` parameter. */
  filter: string;
  /** Filters the rows again: a server may ignore the filter, and not every dialect can express every type. */
  matches: (assignment: JobRoleAssignment) => boolean;
};

/** The assignments of one user to one role with one type; `type` null matches assignments without a type. */
export function filterFor({ userId, roleId, type }: Assignment, dialect: FilterDialect): FilterBatch {
  const conditions: [FilterName, readonly string[]][] = [
    ['user', [userId]],
    ['role', [roleId]],
  ];
  if (type !== null && canFilterBy(type, dialect)) conditions.push(['type', [type]]);
  return {
    filter: writeFilter(conditions, dialect),
    matches: (row) => row.userId === userId && row.roleId === roleId && row.type === type,
  };
}
