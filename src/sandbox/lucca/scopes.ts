export type ScopeFamily =
  | 'employees'
  | 'employments'
  | 'job-positions'
  | 'job-qualifications'
  | 'departments'
  | 'legal-entities'
  | 'business-establishments'
  | 'occupation-categories'
  | 'employment-templates'
  | 'events';

/** A read needs one of a family's two scopes (Lucca, OAuth scopes). */
export const mayRead = (scopes: ReadonlySet<string>, family: ScopeFamily): boolean =>
  scopes.has(`${family}.readonly`) || scopes.has(`${family}.readwrite`);
