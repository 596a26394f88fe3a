import type { IdentityRule } from '../domain/identity-rule.ts';
import type { Traits } from '../domain/people-source.ts';
import { normalEmail, normalKey, normalNumber } from './normal-form.ts';

/** The rules that compare traits of the records. */
export const traitRules = ['EMAIL', 'REMOTE_ID', 'EMPLOYEE_NUMBER'] as const satisfies readonly IdentityRule[];

export type TraitRule = (typeof traitRules)[number];

const normalForms: Record<TraitRule, (traits: Traits) => string | null> = {
  EMAIL: ({ email }) => normalEmail(email),
  REMOTE_ID: ({ remoteId }) => normalKey(remoteId),
  EMPLOYEE_NUMBER: ({ employeeNumber }) => normalNumber(employeeNumber),
};

/** A record's traits for these rules, in normal form. */
export function readTraits(traits: Traits, rules: readonly TraitRule[]): ReadonlyMap<TraitRule, string> {
  const read = new Map<TraitRule, string>();
  for (const rule of rules) {
    const trait = normalForms[rule](traits);
    if (trait !== null) read.set(rule, trait);
  }
  return read;
}
