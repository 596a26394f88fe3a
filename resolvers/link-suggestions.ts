import { likelyPairId } from '../src/directory/likely-pairs.ts';
import type { Connection, PageArgs } from '../src/domain/connection.ts';
import type { PeopleRecords } from '../src/domain/employee.ts';
import type { LikelyPair } from '../src/domain/likely-pair.ts';
import type { Upstream } from '../src/domain/upstream.ts';
import { likelyPairsIn } from '../src/loaders/derived.ts';
import type { Context } from './context.ts';
import { byValue } from './order.ts';
import { openPage, pageOf } from './paging.ts';
import { personCondition, scopeOf } from './unlinked-people.ts';

export type LinkSuggestion = LikelyPair<PeopleRecords>;

type SuggestionsArgs = PageArgs & {
  missingFrom?: Upstream | null | undefined;
  currentOnly?: boolean | null | undefined;
};

/** Sorted by score, highest first. */
export async function linkSuggestions(
  _: unknown,
  args: SuggestionsArgs,
  context: Context,
): Promise<Connection<LinkSuggestion>> {
  const { missingFrom = null } = args;
  const page = openPage(args, scopeOf('linkSuggestions', missingFrom, args, null), context);
  const view = await context.loaders.view();
  if (missingFrom !== null) view.require(missingFrom);
  view.requireEverybody();
  const isWanted = personCondition(args);
  const { pairs } = await likelyPairsIn(view.snapshot);
  const wanted = pairs.filter(
    ({ people }) =>
      people.every(isWanted) && (missingFrom === null || people.some(({ links }) => links[missingFrom] === undefined)),
  );
  return pageOf(wanted, page, likeliestFirst, context);
}

/** The order in which the pairs are computed: by score, then by id. */
const likeliestFirst = byValue<LinkSuggestion>(({ score }) => -score, likelyPairId);
