/** Why two records are believed to be one person; in the order in which they are tried unless configured otherwise. */
export const identityRules = ['MAPPING_FILE', 'EMAIL', 'REMOTE_ID', 'EMPLOYEE_NUMBER'] as const;

export type IdentityRule = (typeof identityRules)[number];

/** SOURCE: the record that leads the person, which needs no rule. */
export type IdentityMatch = 'SOURCE' | IdentityRule;
