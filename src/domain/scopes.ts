/** The scopes that a caller can be granted, named like the vendors' OAuth scopes. */
export const readScopes = [
  'employees.readonly',
  'job-qualifications.readonly',
  'job-roles.readonly',
  'grades.readonly',
  'positions.readonly',
  'job-role-assignments.readonly',
] as const;

/** Each write scope includes the readonly scope of the same type. */
export const writeScopes = ['grades.readwrite', 'positions.readwrite', 'job-role-assignments.readwrite'] as const;

/** Lets a caller bypass the cache, which consumes the upstreams' rate limits. */
export const refreshScope = 'cache.refresh';

/** Lets a caller see an operation's upstream requests and the duration of each step. */
export const explainScope = 'explain';

export const scopes = [...readScopes, ...writeScopes, refreshScope, explainScope] as const;

export type ReadScope = (typeof readScopes)[number];
export type WriteScope = (typeof writeScopes)[number];
export type Scope = (typeof scopes)[number];

/** 'ALL' for a deployment without authentication. Texts that are no scope of this graph grant nothing. */
export type Granted = readonly string[] | 'ALL';

export function isGranted(granted: Granted, scope: Scope): boolean {
  if (granted === 'ALL' || granted.includes(scope)) return true;
  return writeScopes.some((write) => write.replace('readwrite', 'readonly') === scope && granted.includes(write));
}
