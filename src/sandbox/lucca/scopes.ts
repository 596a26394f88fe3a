export type ScopeFamily = 'employees' | 'employments' | 'job-positions' | 'job-qualifications';

/** Reading needs any one of a family's two scopes (Lucca, OAuth scopes). */
export const mayRead = (scopes: ReadonlySet<string>, family: ScopeFamily): boolean =>
  scopes.has(`${family}.readonly`) || scopes.has(`${family}.readwrite`);
