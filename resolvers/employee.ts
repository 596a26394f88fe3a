import { type Awaitable, allThere, whenThere } from '../src/domain/awaitable.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { IdentityMatch } from '../src/domain/identity-rule.ts';
import { translationIn } from '../src/domain/locale.ts';
import type { JobQualification, NaverItem, Profession } from '../src/domain/organisation.ts';
import { type EmployeeStatus, type JobPosition, type LuccaEmployee, naverKeyOf } from '../src/domain/people.ts';
import type { Upstream } from '../src/domain/upstream.ts';
import { upstreams as allUpstreams } from '../src/domain/upstream.ts';
import { ConflictError, UpstreamError } from '../src/errors.ts';
import type { Loader } from '../src/loaders/batch.ts';
import type { Context } from './context.ts';
import { displayNameOf } from './names.ts';

/** With a locale: NAVER's translation where there is one; NAVER's failure costs the translation, not the name. */
export function displayName(
  employee: Employee,
  { locale }: { locale?: string | null | undefined },
  context: Context,
): Awaitable<string> {
  const isTranslated = locale != null && context.loaders.upstreams.isConfigured('NAVER');
  return isTranslated ? translatedName(employee, locale, context) : displayNameOf(employee);
}

async function translatedName(employee: Employee, locale: string, { loaders }: Context): Promise<string> {
  const name = displayNameOf(employee);
  try {
    const slot = await loaders.slots.naverOf(employee);
    return (slot && translationIn(locale, slot.record.names)) ?? name;
  } catch (error) {
    if (error instanceof UpstreamError) return name;
    throw error;
  }
}

export function email(employee: Employee, _: unknown, { loaders }: Context): Awaitable<string | null> {
  return whenThere(loaders.slots.isEmailShared(employee), (isShared) => {
    if (!isShared) return employee.record.email;
    throw new ConflictError(
      'Several records of the leading upstream have this e-mail address, so it names nobody. Correct it there.',
    );
  });
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
export function hiredOn(employee: Employee, _: unknown, { loaders }: Context): Awaitable<string | null> {
  const slot = loaders.upstreams.isConfigured('NAVER') ? loaders.slots.naverOf(employee) : null;
  return whenThere(slot, (it): Awaitable<string | null> => {
    if (it?.record.hiredOn != null) return it.record.hiredOn;
    const employment = employee.leads === 'LUCCA' ? employee.record.employment : null;
    if (employment === null) return null;
    return employment.value === null
      ? loaders.reference.employmentStart.load(employment.id)
      : employment.value.startsOn;
  });
}

/** The applicable job-position: as it came embedded, else asked for by its id, together with others. */
export function jobPositionOf(employee: Employee, context: Context): Awaitable<JobPosition | null> {
  const position = luccaRecordOf(employee, context)?.jobPosition ?? null;
  if (position === null) return null;
  return position.value ?? context.loaders.reference.jobPosition.load(position.id);
}

export function jobTitle(employee: Employee, _: unknown, context: Context): Awaitable<string | null> {
  return whenThere(jobPositionOf(employee, context), (it) => it?.jobTitle ?? null);
}

export function jobQualification(employee: Employee, _: unknown, context: Context): Awaitable<JobQualification | null> {
  const { jobQualification: byId } = context.loaders.reference;
  return whenThere(jobPositionOf(employee, context), (it) => referred(byId, it?.jobQualificationId));
}

export function profession(employee: Employee, _: unknown, context: Context): Awaitable<Profession | null> {
  const { profession: byId } = context.loaders.reference;
  return whenThere(jobQualification(employee, _, context), (it) => referred(byId, it?.professionId));
}

export function grade(employee: Employee, _: unknown, { loaders }: Context): Awaitable<NaverItem | null> {
  return whenThere(loaders.slots.naverOf(employee), (it) => referred(loaders.reference.grade, it?.record.gradeKey));
}

export function position(employee: Employee, _: unknown, { loaders }: Context): Awaitable<NaverItem | null> {
  return whenThere(loaders.slots.naverOf(employee), (it) =>
    referred(loaders.reference.position, it?.record.positionKey),
  );
}

const referred = <T>(byKey: Loader<string, T | null>, key: string | null | undefined): Awaitable<T | null> =>
  key == null ? null : byKey.load(key);

export type EmployeeIdentity = { upstream: Upstream; upstreamId: string; matchedBy: IdentityMatch };

/** In the order in which upstreams lead. Upstreams that are not configured are left out. */
export function identities(
  employee: Employee,
  args: { upstreams?: readonly Upstream[] | null | undefined },
  { loaders }: Context,
): Awaitable<EmployeeIdentity[]> {
  const isAsked = (it: Upstream) => loaders.upstreams.isConfigured(it) && (args.upstreams?.includes(it) ?? true);
  const found = allThere(allUpstreams.filter(isAsked), (it) => identityIn[it](employee, loaders));
  return whenThere(found, (all) => all.filter((it) => it !== null));
}

type FindIdentity = (employee: Employee, loaders: Context['loaders']) => Awaitable<EmployeeIdentity | null>;

const identityIn: Record<Upstream, FindIdentity> = {
  LUCCA: ({ leads, record }) =>
    leads === 'LUCCA' ? { upstream: 'LUCCA', upstreamId: record.luccaId, matchedBy: 'SOURCE' } : null,
  NAVER: (employee, { slots }) =>
    whenThere(slots.naverOf(employee), (slot) => {
      const upstreamId = slot && (naverKeyOf(slot.record) ?? slot.record.loginId);
      return slot === null || upstreamId === null ? null : { upstream: 'NAVER', upstreamId, matchedBy: slot.matchedBy };
    }),
  CTRL_HUB: (employee, { slots }) =>
    whenThere(
      slots.ctrlHubOf(employee),
      (slot) => slot && { upstream: 'CTRL_HUB', upstreamId: slot.record.ctrlHubId, matchedBy: slot.matchedBy },
    ),
};
