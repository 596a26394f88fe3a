import type { Employee } from '../src/domain/employee.ts';
import { translationIn } from '../src/domain/locale.ts';
import type { JobQualification, NaverItem, Profession } from '../src/domain/organisation.ts';
import { type EmployeeStatus, type JobPosition, type LuccaEmployee, naverKeyOf } from '../src/domain/people.ts';
import type { Upstream } from '../src/domain/upstream.ts';
import { upstreams as allUpstreams } from '../src/domain/upstream.ts';
import { ConflictError, UpstreamError } from '../src/errors.ts';
import type { IdentityMatch } from '../src/identity/rules.ts';
import type { Context } from './context.ts';
import { displayNameOf } from './names.ts';

/** With a locale: NAVER's translation where there is one; NAVER's failure costs the translation, not the name. */
export async function displayName(
  employee: Employee,
  args: { locale?: string | null | undefined },
  { loaders }: Context,
) {
  const name = displayNameOf(employee);
  if (args.locale == null || !loaders.upstreams.isConfigured('NAVER')) return name;
  try {
    const slot = await loaders.slots.naverOf(employee);
    return (slot && translationIn(args.locale, slot.record.names)) ?? name;
  } catch (error) {
    if (error instanceof UpstreamError) return name;
    throw error;
  }
}

export async function email(employee: Employee, _: unknown, { loaders }: Context): Promise<string | null> {
  if (!(await loaders.slots.isEmailShared(employee))) return employee.record.email;
  throw new ConflictError(
    'Several records of the leading upstream have this e-mail address, so it names nobody. Correct it there.',
  );
}

/** Lucca's record of a person; null for somebody whom Lucca does not know. Throws UPSTREAM_NOT_CONFIGURED. */
function luccaRecordOf({ leads, record }: Employee, { loaders }: Context): LuccaEmployee | null {
  if (leads === 'LUCCA') return record;
  loaders.upstreams.client('LUCCA');
  return null;
}

export const employeeNumber = (employee: Employee, _: unknown, context: Context): string | null =>
  luccaRecordOf(employee, context)?.employeeNumber ?? null;

export const status = (employee: Employee, _: unknown, context: Context): EmployeeStatus | null =>
  luccaRecordOf(employee, context)?.status ?? null;

/** NAVER's hire date, else the start of the employment in Lucca. */
export async function hiredOn(employee: Employee, _: unknown, context: Context): Promise<string | null> {
  const { loaders } = context;
  const slot = loaders.upstreams.isConfigured('NAVER') ? await loaders.slots.naverOf(employee) : null;
  if (slot?.record.hiredOn != null) return slot.record.hiredOn;
  const employment = employee.leads === 'LUCCA' ? employee.record.employment : null;
  if (employment === null) return null;
  return employment.value === null ? loaders.reference.employmentStart.load(employment.id) : employment.value.startsOn;
}

/** The applicable job-position: as it came embedded, else asked for by its id, together with others. */
export async function jobPositionOf(employee: Employee, context: Context): Promise<JobPosition | null> {
  const position = luccaRecordOf(employee, context)?.jobPosition ?? null;
  if (position === null) return null;
  return position.value ?? context.loaders.reference.jobPosition.load(position.id);
}

export async function jobTitle(employee: Employee, _: unknown, context: Context): Promise<string | null> {
  return (await jobPositionOf(employee, context))?.jobTitle ?? null;
}

export async function jobQualification(
  employee: Employee,
  _: unknown,
  context: Context,
): Promise<JobQualification | null> {
  const id = (await jobPositionOf(employee, context))?.jobQualificationId ?? null;
  return id === null ? null : context.loaders.reference.jobQualification.load(id);
}

export async function profession(employee: Employee, _: unknown, context: Context): Promise<Profession | null> {
  const id = (await jobQualification(employee, _, context))?.professionId ?? null;
  return id === null ? null : context.loaders.reference.profession.load(id);
}

export async function grade(employee: Employee, _: unknown, { loaders }: Context): Promise<NaverItem | null> {
  const key = (await loaders.slots.naverOf(employee))?.record.gradeKey ?? null;
  return key === null ? null : loaders.reference.grade.load(key);
}

export async function position(employee: Employee, _: unknown, { loaders }: Context): Promise<NaverItem | null> {
  const key = (await loaders.slots.naverOf(employee))?.record.positionKey ?? null;
  return key === null ? null : loaders.reference.position.load(key);
}

export type EmployeeIdentity = { upstream: Upstream; upstreamId: string; matchedBy: IdentityMatch };

/** In the order in which upstreams lead. Upstreams that are not configured are left out. */
export async function identities(
  employee: Employee,
  args: { upstreams?: readonly Upstream[] | null | undefined },
  { loaders }: Context,
): Promise<EmployeeIdentity[]> {
  const isAsked = (it: Upstream) => loaders.upstreams.isConfigured(it) && (args.upstreams?.includes(it) ?? true);
  const found = await Promise.all(allUpstreams.filter(isAsked).map((it) => identityIn[it](employee, loaders)));
  return found.filter((it) => it !== null);
}

type FindIdentity = (employee: Employee, loaders: Context['loaders']) => Promise<EmployeeIdentity | null>;

const identityIn: Record<Upstream, FindIdentity> = {
  LUCCA: async ({ leads, record }) =>
    leads === 'LUCCA' ? { upstream: 'LUCCA', upstreamId: record.luccaId, matchedBy: 'SOURCE' } : null,
  NAVER: async (employee, { slots }) => {
    const slot = await slots.naverOf(employee);
    const upstreamId = slot && (naverKeyOf(slot.record) ?? slot.record.loginId);
    return slot === null || upstreamId === null ? null : { upstream: 'NAVER', upstreamId, matchedBy: slot.matchedBy };
  },
  CTRL_HUB: async (employee, { slots }) => {
    const slot = await slots.ctrlHubOf(employee);
    return slot && { upstream: 'CTRL_HUB', upstreamId: slot.record.ctrlHubId, matchedBy: slot.matchedBy };
  },
};
