import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Employee, PeopleRecords } from '../src/domain/employee.ts';
import type { IdentityMatch } from '../src/domain/identity-rule.ts';
import { translationIn } from '../src/domain/locale.ts';
import type { JobQualification, NaverItem, Profession } from '../src/domain/organisation.ts';
import type { EmployeeStatus, JobPosition, LuccaEmployee, NaverPerson, Related } from '../src/domain/people.ts';
import { upstreams as allUpstreams, type Upstream } from '../src/domain/upstream.ts';
import { ConflictError, UpstreamError } from '../src/errors.ts';
import { type ListName, peopleListsOf, type ReferenceListName, type RowOf } from '../src/loaders/list-names.ts';
import type { Loaders } from '../src/loaders/loaders.ts';
import { aliasOfRecord, keyOfRecord, namingKeyOf } from '../src/loaders/people-sources.ts';
import type { ReadsInput } from '../src/loaders/plan.ts';
import type { View } from '../src/loaders/view.ts';
import type { Context } from './context.ts';
import { displayNameOf } from './names.ts';

/** With a locale: NAVER's translation if there is one. If NAVER fails, the untranslated name is returned. */
export function displayName(
  employee: Employee,
  { locale }: { locale?: string | null | undefined },
  { loaders }: Context,
): Awaitable<string> {
  if (locale == null) return displayNameOf(employee);
  return whenLoaded(loaders.view(), (view) => {
    if (!view.isConfigured('NAVER')) return displayNameOf(employee);
    try {
      const link = view.linkOf(employee, 'NAVER');
      return (link && translationIn(locale, link.record.names)) ?? displayNameOf(employee);
    } catch (error) {
      if (error instanceof UpstreamError || error instanceof ConflictError) return displayNameOf(employee);
      throw error;
    }
  });
}

/** Lucca's record of a person; null if Lucca has none. Throws UPSTREAM_NOT_CONFIGURED. */
const luccaRecordOf = (employee: Employee, view: View): LuccaEmployee | null =>
  view.linkOf(employee, 'LUCCA')?.record ?? null;

const ofLucca =
  <T>(memberOf: (record: LuccaEmployee) => T | null) =>
  (employee: Employee, _: unknown, { loaders }: Context): Awaitable<T | null> =>
    whenLoaded(loaders.view(), (view) => {
      const record = luccaRecordOf(employee, view);
      return record && memberOf(record);
    });

export const employeeNumber = ofLucca<string>((record) => record.employeeNumber);
export const status = ofLucca<EmployeeStatus>((record) => record.status);

/** NAVER's hire date, else the start of the employment in Lucca. */
export const hiredOn = (employee: Employee, _: unknown, { loaders }: Context): Awaitable<string | null> =>
  whenLoaded(loaders.view(), (view) => hireDateOf(employee, view));

/** See `hiredOn`. Throws NAVER's error if NAVER is configured and fails. */
export function hireDateOf(employee: Employee, view: View): string | null {
  const link = view.isConfigured('NAVER') ? view.linkOf(employee, 'NAVER') : null;
  if (link?.record.hiredOn != null) return link.record.hiredOn;
  const employment = employee.links.LUCCA?.record.employment ?? null;
  return employment === null ? null : (relatedIn(employment, view)?.startsOn ?? null);
}

/** The applicable job position; null if there is none. Throws Lucca's error if it could not be read. */
export function jobPositionIn(employee: Employee, view: View): JobPosition | null {
  const position = luccaRecordOf(employee, view)?.jobPosition ?? null;
  return position === null ? null : relatedIn(position, view);
}

function relatedIn<T>({ value }: Related<T>, { snapshot }: View): T | null {
  const failure = snapshot.lists.employees?.relatedFailure ?? null;
  if (value === null && failure !== null) throw failure;
  return value;
}

export const jobTitle = (employee: Employee, _: unknown, { loaders }: Context): Awaitable<string | null> =>
  whenLoaded(loaders.view(), (view) => jobPositionIn(employee, view)?.jobTitle ?? null);

export const jobQualification = (
  employee: Employee,
  _: unknown,
  { loaders }: Context,
): Awaitable<JobQualification | null> =>
  whenLoaded(loaders.view(), (view) =>
    referred('jobQualifications', jobPositionIn(employee, view)?.jobQualificationId, loaders),
  );

export const profession = (employee: Employee, _: unknown, context: Context): Awaitable<Profession | null> =>
  whenLoaded(jobQualification(employee, _, context), (found) =>
    referred('professions', found?.professionId, context.loaders),
  );

/** Resolves the grade or position of the person's NAVER record. */
const ofNaver =
  (list: 'grades' | 'positions', keyOf: (record: NaverPerson) => string | null) =>
  (employee: Employee, _: unknown, { loaders }: Context): Awaitable<NaverItem | null> =>
    whenLoaded(loaders.view(), (view) => {
      const link = view.linkOf(employee, 'NAVER');
      return link && referred(list, keyOf(link.record), loaders);
    });

export const grade = ofNaver('grades', (record) => record.gradeKey);
export const position = ofNaver('positions', (record) => record.positionKey);

const referred = <List extends ReferenceListName>(
  list: List,
  key: string | null | undefined,
  loaders: Loaders,
): Awaitable<RowOf<List> | null> => (key == null ? null : loaders.row(list, key));

export type EmployeeIdentity = {
  upstream: Upstream;
  upstreamId: string;
  matchedBy: IdentityMatch;
  mappingKey: string | null;
};

type IdentitiesArgs = { upstreams?: readonly Upstream[] | null | undefined };

/** Reads the upstreams that can have records of people led by another one. */
export function readsOfIdentities({ args }: ReadsInput<IdentitiesArgs>): readonly ListName[] {
  const [, ...others] = allUpstreams;
  return others.filter((upstream) => args.upstreams?.includes(upstream) ?? true).flatMap(peopleListsOf);
}

/** In lead order, without unconfigured upstreams and contested links. */
export const identities = (
  employee: Employee,
  args: IdentitiesArgs,
  { loaders }: Context,
): Awaitable<EmployeeIdentity[]> =>
  whenLoaded(loaders.view(), (view) =>
    allUpstreams
      .filter((upstream) => view.isConfigured(upstream) && (args.upstreams?.includes(upstream) ?? true))
      .filter((upstream) => !employee.contested.includes(upstream))
      .flatMap((upstream): EmployeeIdentity[] => {
        const link = view.linkOf(employee, upstream);
        if (link === null) return [];
        const { record, matchedBy } = link;
        const mappingKey = mappingKeyOf(employee, upstream, record, view);
        return [{ upstream, upstreamId: upstreamIdOf(upstream, record), matchedBy, mappingKey }];
      }),
  );

/** The key by which a row of the mapping file names the person's record; null without one. */
export const mappingKeyOf = <U extends Upstream>(
  employee: Employee,
  upstream: U,
  record: PeopleRecords[U],
  { snapshot }: View,
): string | null => namingKeyOf(upstream, record, (id) => snapshot.directory.byIdentifier(id)?.id === employee.id);

/** Lucca's id, Ctrl Hub's user id, or NAVER's external key, else its empId or login. */
export const upstreamIdOf = (upstream: Upstream, record: PeopleRecords[Upstream]): string =>
  keyOfRecord(upstream, record) ?? aliasOfRecord(upstream, record) ?? '';
