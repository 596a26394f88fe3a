import type { PersonDetailsQuery } from 'hr-graph/client';
import { hrGraph, locale } from '../graph/hr-graph.ts';
import { Queries } from '../graph/queries.ts';

export type Person = NonNullable<PersonDetailsQuery['employee']>;

/** Nobody at all is an answer too: only a null with an error is none. */
export const personQueries = new Queries<string, PersonDetailsQuery>({
  ask: (id, _, options) => hrGraph.personDetails({ id, locale, assignments: 100 }, options),
  endOf: ({ data, errors = [] }) =>
    data.employee === null && errors.some((it) => it.path?.[0] === 'employee') ? undefined : null,
  pageSize: 1,
});
