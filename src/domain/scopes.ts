/** What a caller may be granted, in the vendors' own form of OAuth scopes. */
export const readScopes = [
  'employees.readonly',
  'job-qualifications.readonly',
  'job-roles.readonly',
  'grades.readonly',
  'positions.readonly',
  'job-role-assignments.readonly',
] as const;

/** Each includes the readonly scope of the same things. */
export const writeScopes = ['grades.readwrite', 'positions.readwrite', 'job-role-assignments.readwrite'] as const;

/** Lets a caller read past what is remembered, which spends the upstreams' allowances. */
export const refreshScope = 'cache.refresh';

/** Lets a caller see what an operation asked of the upstreams, and how long each part of it took. */
export const explainScope = 'explain';

export const scopes = [...readScopes, ...writeScopes, refreshScope, explainScope] as const;

export type ReadScope = (typeof readScopes)[number];
export type WriteScope = (typeof writeScopes)[number];
export type Scope = (typeof scopes)[number];

/** 'ALL' for a deployment that does not ask who calls. Texts that are no scope of this graph grant nothing. */
export type Granted = readonly string[] | 'ALL';

export function isGranted(granted: Granted, scope: Scope): boolean {
  if (granted === 'ALL' || granted.includes(scope)) return true;
  return writeScopes.some((it) => it.replace('readwrite', 'readonly') === scope && granted.includes(it));
}
