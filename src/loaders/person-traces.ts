import type { JobRoleAssignment } from '../domain/organisation.ts';
import type { CtrlHubUser, Employment, JobPosition, LuccaEmployee, NaverPerson } from '../domain/people.ts';
import { foldEmail } from '../domain/text.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { MappingRow } from '../identity/mapping.ts';

type Kind = 'email' | 'lucca' | 'ctrl-hub' | 'naver' | 'number' | 'job-position' | 'employment';

/** An identifier with its kind, such as `lucca:982`: Lucca's 982 need not be NAVER's, nor a job position's. */
export type Trace = `${Kind}:${string}`;

export function traceOf(kind: Kind, value: string): Trace {
  if (kind === 'email') return `email:${foldEmail(value)}`;
  return `${kind}:${kind === 'ctrl-hub' ? value.trim().toLowerCase() : value.trim()}`;
}

export const identifierIn = (trace: Trace): string => trace.slice(trace.indexOf(':') + 1);

/** What an upstream's answer holds of people: for each record, the identifiers that belong to one person. */
export function tracesIn(answer: unknown): Trace[][] {
  if (typeof answer !== 'object' || answer === null) return [];
  const traces = tracesOfRecord(answer);
  return traces.length > 0 ? [traces] : Object.values(answer).flatMap(tracesIn);
}

export const tracesOfRow = ({ LUCCA, CTRL_HUB, NAVER }: MappingRow<Upstream>): Trace[] =>
  given(['lucca', LUCCA], ['ctrl-hub', CTRL_HUB], ['naver', NAVER]);

function tracesOfRecord(record: object): Trace[] {
  if (isLuccaEmployee(record)) {
    const { luccaId, email, remoteId, employeeNumber, jobPosition, employment } = record;
    return given(
      ['lucca', luccaId],
      ['email', email],
      ['naver', remoteId],
      ['number', employeeNumber],
      ['job-position', jobPosition?.id],
      ['employment', employment?.id],
    );
  }
  if (isNaverPerson(record)) {
    const { externalKey, empId, loginId, email, employeeNumber } = record;
    return given(
      ['naver', externalKey],
      ['naver', empId],
      ['naver', loginId],
      ['email', email],
      ['number', employeeNumber],
    );
  }
  if (isCtrlHubUser(record)) return given(['ctrl-hub', record.ctrlHubId], ['email', record.email]);
  if (isAssignment(record)) return given(['ctrl-hub', record.userId]);
  if (isJobPosition(record)) return given(['job-position', record.luccaId]);
  if (isEmployment(record)) return given(['employment', record.luccaId]);
  return [];
}

const given = (...pairs: [Kind, string | null | undefined][]): Trace[] =>
  pairs.flatMap(([kind, value]) => (value == null ? [] : [traceOf(kind, value)]));

// Records are told apart by a member that no other of an upstream's answers has.
const isLuccaEmployee = (it: object): it is LuccaEmployee => 'remoteId' in it;
const isNaverPerson = (it: object): it is NaverPerson => 'empId' in it;
const isCtrlHubUser = (it: object): it is CtrlHubUser => 'lastName' in it;
const isAssignment = (it: object): it is JobRoleAssignment => 'userId' in it;
const isJobPosition = (it: object): it is JobPosition => 'jobTitle' in it;
const isEmployment = (it: object): it is Employment => 'startsOn' in it;
