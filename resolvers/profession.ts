import type { Awaitable } from '../src/domain/awaitable.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { JobQualification, Profession } from '../src/domain/organisation.ts';
import type { Context } from './context.ts';
import { byLuccaId } from './job-qualification.ts';
import { keyOfNode } from './node.ts';
import { compareIds } from './order.ts';
import { openPage, pageOf } from './paging.ts';

export const profession = (_: unknown, { id }: { id: string }, { loaders }: Context): Awaitable<Profession | null> =>
  loaders.reference.profession.load(keyOfNode('Profession', id, 'id'));

/** In Lucca's own order: by its id. */
export async function professions(_: unknown, args: PageArgs, context: Context): Promise<Connection<Profession>> {
  const page = openPage(args, 'professions', context);
  return pageOf(byLuccaId(await context.loaders.lists.professions()), page, (it) => it.luccaId, context);
}

/** By rank, the lowest first. */
export async function jobQualificationsOf(
  row: Profession,
  args: PageArgs,
  context: Context,
): Promise<Connection<JobQualification>> {
  const page = openPage(args, `Profession.jobQualifications ${row.luccaId}`, context);
  const rows = (await context.loaders.lists.jobQualifications()).filter((it) => it.professionId === row.luccaId);
  const byRank = rows.sort((a, b) => a.rank - b.rank || compareIds(a.luccaId, b.luccaId));
  return pageOf(byRank, page, (it) => it.luccaId, context);
}
