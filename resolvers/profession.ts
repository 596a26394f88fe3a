import { type Awaitable, whenLoaded } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { JobQualification, Profession } from '../src/domain/organisation.ts';
import type { Context } from './context.ts';
import { type Entity, inList } from './entity.ts';
import { byLuccaId } from './job-qualification.ts';
import { keyOfNode } from './node.ts';
import { byValue, sortedBy } from './order.ts';
import { openPage, pageOf } from './paging.ts';

export const professionEntity: Entity<Profession> = {
  plural: 'professions',
  scope: 'job-qualifications.readonly',
  dataClass: 'PUBLIC',
  population: 200,
  ...inList('professions'),
  otherKeys: {},
};

export const profession = (_: unknown, { id }: { id: string }, { loaders }: Context): Awaitable<Profession | null> =>
  loaders.row('professions', keyOfNode('Profession', id, 'id'));

/** In Lucca's own order: by its id. */
export function professions(_: unknown, args: PageArgs, context: Context): Awaitable<Connection<Profession>> {
  const page = openPage(args, 'professions', context);
  return whenLoaded(context.loaders.rows('professions'), (rows) =>
    pageOf(sortedBy(rows, byLuccaId()), page, byLuccaId(), context),
  );
}

const byRank = byValue<JobQualification>(
  (row) => row.rank,
  (row) => row.luccaId,
);

/** By rank, lowest first. */
export function jobQualificationsOf(
  row: Profession,
  args: PageArgs,
  context: Context,
): Awaitable<Connection<JobQualification>> {
  const page = openPage(args, `Profession.jobQualifications ${row.luccaId}`, context);
  return whenLoaded(context.loaders.rows('jobQualifications'), (rows) => {
    const own = rows.filter(({ professionId }) => professionId === row.luccaId);
    return pageOf(sortedBy(own, byRank), page, byRank, context);
  });
}
