import type { Awaitable } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { JobQualificationFilter } from '../src/domain/filters.ts';
import { textIn } from '../src/domain/locale.ts';
import type { JobQualification, Profession } from '../src/domain/organisation.ts';
import type { Context } from './context.ts';
import { keyOfNode } from './node.ts';
import { compareByFamilyName, compareIds } from './order.ts';
import { emptyConnection, openPage, pageOf } from './paging.ts';

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
): Awaitable<JobQualification | null> =>
  loaders.reference.jobQualification.load(keyOfNode('JobQualification', id, 'id'));

/** In Lucca's own order: by its id. */
export async function jobQualifications(
  _: unknown,
  args: PageArgs & { filter?: JobQualificationFilter | null | undefined },
  context: Context,
): Promise<Connection<JobQualification>> {
  const ranks = args.filter?.ranks ?? null;
  const professionIds =
    args.filter?.professionIds?.map((id) => keyOfNode('Profession', id, 'filter.professionIds')) ?? null;
  const page = openPage(args, `jobQualifications ${JSON.stringify([ranks, professionIds])}`, context);
  if (ranks?.length === 0 || professionIds?.length === 0) return emptyConnection();
  const isWanted = (it: JobQualification) =>
    (ranks === null || ranks.includes(it.rank)) &&
    (professionIds === null || (it.professionId !== null && professionIds.includes(it.professionId)));
  const rows = (await context.loaders.lists.jobQualifications()).filter(isWanted);
  return pageOf(byLuccaId(rows), page, (it) => it.luccaId, context);
}

export const professionOf = (
  { professionId }: JobQualification,
  _: unknown,
  { loaders }: Context,
): Awaitable<Profession | null> => (professionId === null ? null : loaders.reference.profession.load(professionId));

/** The people whose applicable job-position has this qualification, by family name. */
export async function holders(row: JobQualification, args: PageArgs, context: Context): Promise<Connection<Employee>> {
  const page = openPage(args, `JobQualification.employees ${row.luccaId}`, context);
  const records = (await context.loaders.lucca.holdersOf.load(row.luccaId)) ?? [];
  const people = records.map(context.loaders.naming.ofLucca).sort(compareByFamilyName);
  return pageOf(people, page, (it) => it.id, context);
}

export const byLuccaId = <T extends { luccaId: string }>(rows: readonly T[]): T[] =>
  [...rows].sort((a, b) => compareIds(a.luccaId, b.luccaId));
