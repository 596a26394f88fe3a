import type { GradesToEditQuery } from 'hr-graph/client';
import { hrGraph, locale } from '../graph/hr-graph.ts';
import { Queries } from '../graph/queries.ts';

export type EditableGrade = NonNullable<GradesToEditQuery['grades']>['nodes'][number];

export const gradesQueries = new Queries<null, GradesToEditQuery>({
  ask: (_, page, options) => hrGraph.gradesToEdit({ ...page, locale }, options),
  endOf: ({ data: { grades } }) =>
    grades === null ? undefined : grades.pageInfo.hasNextPage ? grades.pageInfo.endCursor : null,
  pageSize: 100,
});
