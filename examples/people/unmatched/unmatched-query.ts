import type { UnlinkedPeopleQuery, Upstream } from 'hr-graph/client';
import { hrGraph, pageSize } from '../graph/hr-graph.ts';
import { Queries } from '../graph/queries.ts';

export type UnmatchedPerson = NonNullable<UnlinkedPeopleQuery['unlinkedPeople']>['nodes'][number];

/** By the upstream that does not know them; null for any. */
export const unmatchedQueries = new Queries<Upstream | null, UnlinkedPeopleQuery>({
  ask: (missingFrom, page, options) => hrGraph.unlinkedPeople({ ...page, missingFrom }, options),
  endOf: ({ data: { unlinkedPeople: people } }) =>
    people === null ? undefined : people.pageInfo.hasNextPage ? people.pageInfo.endCursor : null,
  pageSize,
});
