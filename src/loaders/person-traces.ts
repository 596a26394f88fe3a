import { normalEmail, normalKey, normalNumber } from '../directory/normal-form.ts';
import type { JobRoleAssignment } from '../domain/organisation.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { MappingRow } from '../identity/mapping.ts';

type Kind = 'email' | 'lucca' | 'ctrl-hub' | 'naver' | 'number';

/** An identifier with its kind, such as `lucca:982`: Lucca's 982 need not be NAVER's. */
export type Trace = `${Kind}:${string}`;

const normalForms: Record<Kind, (value: string | null) => string | null> = {
  email: normalEmail,
  lucca: normalKey,
  naver: normalKey,
  'ctrl-hub': (value) => normalKey(value, true),
  number: normalNumber,
};

export const tracesOfEmployee = ({ luccaId, email, remoteId, employeeNumber }: LuccaEmployee): Trace[] =>
  given(['lucca', luccaId], ['email', email], ['naver', remoteId], ['number', employeeNumber]);

export const tracesOfPerson = ({ externalKey, empId, loginId, email, employeeNumber }: NaverPerson): Trace[] =>
  given(['naver', externalKey], ['naver', empId], ['naver', loginId], ['email', email], ['number', employeeNumber]);

export const tracesOfUser = ({ ctrlHubId, email }: CtrlHubUser): Trace[] =>
  given(['ctrl-hub', ctrlHubId], ['email', email]);

export const tracesOfAssignment = ({ userId }: JobRoleAssignment): Trace[] => given(['ctrl-hub', userId]);

export const tracesOfRow = ({ LUCCA, CTRL_HUB, NAVER }: MappingRow<Upstream>): Trace[] =>
  given(['lucca', LUCCA], ['ctrl-hub', CTRL_HUB], ['naver', NAVER]);

/** The traces of identifiers, each by its kind. */
export const given = (...pairs: [Kind, string | null | undefined][]): Trace[] =>
  pairs.flatMap(([kind, value]): Trace[] => {
    // What identifies nobody leads to nobody: no address, or a placeholder that many records have.
    const normal = normalForms[kind](value ?? null);
    return normal === null ? [] : [`${kind}:${normal}`];
  });
