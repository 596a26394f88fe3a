/** Rules that link two records to one person, in their default order. */
export const identityRules = ['MAPPING_FILE', 'EMAIL', 'REMOTE_ID', 'EMPLOYEE_NUMBER'] as const;

export type IdentityRule = (typeof identityRules)[number];

/** SOURCE marks the leading record, which needs no rule. */
export type IdentityMatch = 'SOURCE' | IdentityRule;
