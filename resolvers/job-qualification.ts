import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { JobQualificationFilter } from '../src/domain/filters.ts';
import { textIn } from '../src/domain/locale.ts';
import type { JobQualification, Profession } from '../src/domain/organisation.ts';
import type { Context } from './context.ts';
import { jobPositionIn } from './employee.ts';
import { byFamilyName } from './employee-order.ts';
import { type Entity, inList } from './entity.ts';
import { createHolders } from './holders.ts';
import { keyOfNode } from './node.ts';
import { byId, sortedBy } from './order.ts';
import { emptyConnection, openPage, pageOf } from './paging.ts';

export const jobQualificationEntity: Entity<JobQualification> = {
  plural: 'jobQualifications',
  scope: 'job-qualifications.readonly',
  dataClass: 'PUBLIC',
  population: 1_000,
  ...inList('jobQualifications'),
  otherKeys: {},
};

export function title(
  row: JobQualification | Profession,
  args: { locale?: string | null | undefined },
  context: Context,
): string {
  return textIn(args.locale ?? context.locale, row.titles, row.title);
}

export const jobQualification = (
  _: unknown,
  { id }: { id: string },
  { loaders }: Context,
): Awaitable<JobQualification | null> => loaders.row('jobQualifications', keyOfNode('JobQualification', id, 'id'));

/** In Lucca's own order. */
export const byLuccaId = <T extends { luccaId: string }>() => byId<T>((row) => row.luccaId);

export function jobQualifications(
  _: unknown,
  args: PageArgs & { filter?: JobQualificationFilter | null | undefined },
  context: Context,
): Awaitable<Connection<JobQualification>> {
  const ranks = args.filter?.ranks ?? null;
  const professionIds =
    args.filter?.professionIds?.map((id) => keyOfNode('Profession', id, 'filter.professionIds')) ?? null;
  const page = openPage(args, `jobQualifications ${JSON.stringify([ranks, professionIds])}`, context);
  if (ranks?.length === 0 || professionIds?.length === 0) return emptyConnection();
  const isWanted = (row: JobQualification) =>
    (ranks === null || ranks.includes(row.rank)) &&
    (professionIds === null || (row.professionId !== null && professionIds.includes(row.professionId)));
  return whenLoaded(context.loaders.rows('jobQualifications'), (rows) =>
    pageOf(sortedBy(rows.filter(isWanted), byLuccaId()), page, byLuccaId(), context),
  );
}

export const professionOf = (
  { professionId }: JobQualification,
  _: unknown,
  { loaders }: Context,
): Awaitable<Profession | null> => (professionId === null ? null : loaders.row('professions', professionId));

const holdersAmong = createHolders<Employee>();

/** The people whose applicable job position has this qualification, by family name. */
export function holders(row: JobQualification, args: PageArgs, context: Context): Awaitable<Connection<Employee>> {
  const page = openPage(args, `JobQualification.employees ${row.luccaId}`, context);
  return whenLoaded(context.loaders.view(), (view) => {
    view.require('LUCCA');
    const keyOf = (employee: Employee) => jobPositionIn(employee, view)?.jobQualificationId;
    const people = holdersAmong(view.snapshot.leadPeople, row.luccaId, keyOf);
    return pageOf(people, page, byFamilyName(view), context);
  });
}
