import { normalEmail } from '../directory/normal-form.ts';
import type { JobRoleAssignment } from '../domain/organisation.ts';
import type { CtrlHubUser, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { MappingRow } from '../identity/mapping.ts';

type Kind = 'email' | 'lucca' | 'ctrl-hub' | 'naver' | 'number';

/** An identifier with its kind, such as `lucca:982`: Lucca's 982 need not be NAVER's. */
export type Trace = `${Kind}:${string}`;

export function traceOf(kind: Kind, value: string): Trace {
  if (kind === 'email') return `email:${normalEmail(value) ?? value.trim().toLowerCase()}`;
  return `${kind}:${kind === 'ctrl-hub' ? value.trim().toLowerCase() : value.trim()}`;
}

export const tracesOfEmployee = ({ luccaId, email, remoteId, employeeNumber }: LuccaEmployee): Trace[] =>
  given(['lucca', luccaId], ['email', email], ['naver', remoteId], ['number', employeeNumber]);

export const tracesOfPerson = ({ externalKey, empId, loginId, email, employeeNumber }: NaverPerson): Trace[] =>
  given(['naver', externalKey], ['naver', empId], ['naver', loginId], ['email', email], ['number', employeeNumber]);

export const tracesOfUser = ({ ctrlHubId, email }: CtrlHubUser): Trace[] =>
  given(['ctrl-hub', ctrlHubId], ['email', email]);

export const tracesOfAssignment = ({ userId }: JobRoleAssignment): Trace[] => given(['ctrl-hub', userId]);

export const tracesOfRow = ({ LUCCA, CTRL_HUB, NAVER }: MappingRow<Upstream>): Trace[] =>
  given(['lucca', LUCCA], ['ctrl-hub', CTRL_HUB], ['naver', NAVER]);

const given = (...pairs: [Kind, string | null | undefined][]): Trace[] =>
  pairs.flatMap(([kind, value]) => (value == null ? [] : [traceOf(kind, value)]));
