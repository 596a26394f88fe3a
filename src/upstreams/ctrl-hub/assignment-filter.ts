import type { JobRoleAssignment } from '../../domain/organisation.ts';
import { toText } from '../../domain/text.ts';
import { canAskFor, type FilterDialect, type FilterName, writeFilter } from './filter-dialect.ts';

/** All conditions hold at once; the ids of one condition are alternatives. */
export type AssignmentFilter = { userIds?: readonly string[]; roleIds?: readonly string[]; type?: string };

/** One request's share of a filter. */
export type Question = {
  /** Percent-encoded value of the `filter` parameter; '' asks for everything. */
  filter: string;
  /** The roles that it names; none where the filter has no such condition. */
  roleIds: readonly string[];
  /** Whether the upstream was asked for all that `isAnsweredBy` checks. */
  isComplete: boolean;
  /** For the re-check: a server that does not know a filter answers every row. */
  isAnsweredBy: (assignment: JobRoleAssignment) => boolean;
};

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An id takes 45 encoded bytes: with one long type and our headers a head stays under 6 KB. */
const maxIds = 110;

/**
 * The requests that together ask for what the filter matches, no row twice. None if nothing can match: Ctrl Hub's ids
 * are UUIDs, and a type is neither blank nor surrounded by blanks.
 */
export function questionsFor(filter: AssignmentFilter, dialect: FilterDialect): Question[] {
  const { type } = filter;
  if (type !== undefined && toText(type) !== type) return [];
  const userIds = filter.userIds && usableIds(filter.userIds);
  const roleIds = filter.roleIds && usableIds(filter.roleIds);
  if (userIds?.length === 0 || roleIds?.length === 0) return [];
  const users = userIds?.length ?? 0;
  const roles = roleIds?.length ?? 0;
  const shorter = Math.min(users, roles, maxIds / 2);
  const longer = maxIds - shorter;
  const [usersAtOnce, rolesAtOnce] = users > roles ? [longer, shorter] : [shorter, longer];
  return chunks(userIds, usersAtOnce).flatMap((someUserIds) =>
    chunks(roleIds, rolesAtOnce).map((someRoleIds) => questionFor(someUserIds, someRoleIds, type, dialect)),
  );
}

function questionFor(
  userIds: readonly string[] | undefined,
  roleIds: readonly string[] | undefined,
  type: string | undefined,
  dialect: FilterDialect,
): Question {
  const isTypeAsked = type !== undefined && canAskFor(type, dialect);
  const conditions: [FilterName, readonly string[]][] = [];
  if (userIds !== undefined) conditions.push(['user', userIds]);
  if (roleIds !== undefined) conditions.push(['role', roleIds]);
  if (isTypeAsked) conditions.push(['type', [type]]);
  const users = userIds && new Set(userIds);
  const roles = roleIds && new Set(roleIds);
  return {
    filter: writeFilter(conditions, dialect),
    roleIds: roleIds ?? [],
    isComplete: type === undefined || isTypeAsked,
    isAnsweredBy: (assignment) =>
      (users?.has(assignment.userId) ?? true) &&
      (roles?.has(assignment.roleId) ?? true) &&
      (type === undefined || assignment.type === type),
  };
}

const usableIds = (ids: readonly string[]): string[] => [
  ...new Set(ids.filter((id) => uuid.test(id)).map((id) => id.toLowerCase())),
];

/** No condition is one chunk: undefined. */
function chunks(ids: readonly string[] | undefined, size: number): (readonly string[] | undefined)[] {
  if (ids === undefined) return [undefined];
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}
