import { type IdentityRule, identityRules } from '../domain/identity-rule.ts';
import { type CtrlHubUser, type LuccaEmployee, type NaverPerson, naverKeyOf } from '../domain/people.ts';
import { foldEmail } from '../domain/text.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { Linkable } from './link.ts';
import type { IdentityMapping } from './mapping.ts';

type Traits = Linkable<unknown>['traits'];

/** Lucca's remoteId is the caller's own key, and so is NAVER's externalKey: equal ones mean one person. */
export function luccaTraits(employee: LuccaEmployee, mapping: IdentityMapping<Upstream>): Traits {
  return withoutMissing({
    MAPPING_FILE: mapping.rowOf('LUCCA', employee.luccaId)?.index,
    EMAIL: foldedOrMissing(employee.email),
    REMOTE_ID: employee.remoteId ?? undefined,
    EMPLOYEE_NUMBER: employee.employeeNumber ?? undefined,
  });
}

export function naverTraits(person: NaverPerson, mapping: IdentityMapping<Upstream>): Traits {
  return withoutMissing({
    MAPPING_FILE: mapping.rowOf('NAVER', naverKeyOf(person))?.index,
    EMAIL: foldedOrMissing(person.email),
    REMOTE_ID: person.externalKey ?? undefined,
    EMPLOYEE_NUMBER: person.employeeNumber ?? undefined,
  });
}

export function ctrlHubTraits(user: CtrlHubUser, mapping: IdentityMapping<Upstream>): Traits {
  return withoutMissing({
    MAPPING_FILE: mapping.rowOf('CTRL_HUB', user.ctrlHubId)?.index,
    EMAIL: foldedOrMissing(user.email),
  });
}

const foldedOrMissing = (email: string | null): string | undefined => (email === null ? undefined : foldEmail(email));

function withoutMissing(traits: Partial<Record<IdentityRule, string | undefined>>): Traits {
  const present: Traits = {};
  for (const rule of identityRules) {
    const value = traits[rule];
    if (value !== undefined) present[rule] = value;
  }
  return present;
}
