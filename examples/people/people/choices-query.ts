import type { FilterChoicesQuery } from 'hr-graph/client';
import { nameOf } from '../grades/written-names.ts';
import { errorsOf } from '../graph/gaps.ts';
import { hrGraph, locale } from '../graph/hr-graph.ts';
import { Queries } from '../graph/queries.ts';
import type { Result } from '../graph/query.ts';
import { sentenceOf, troubleOf } from '../graph/sentences.ts';
import { statuses, statusNames } from '../parts/status.tsx';
import type { Choosable } from './wanted.ts';

type Choice = { value: string; label: string };

/** What can be chosen of one condition. `hint`: why it is not all there is, or null. */
export type Choices = { choices: readonly Choice[]; hint: string | null };

export const choicesQueries = new Queries<null, FilterChoicesQuery>({
  ask: (_, __, options) => hrGraph.filterChoices({ locale }, options),
  endOf: () => null,
  pageSize: 1,
});

type List<Row> = { nodes: Row[]; pageInfo: { hasNextPage: boolean } } | null | undefined;

export function choicesIn({ answers: [answer], failure }: Result<FilterChoicesQuery>): Record<Choosable, Choices> {
  const errors = answer === undefined ? null : errorsOf(answer);
  const of = <Row>(field: string, list: List<Row>, toChoice: (row: Row) => Choice): Choices => {
    const error = errors?.get(field);
    if (error !== undefined) return { choices: [], hint: sentenceOf(error) };
    if (list == null) return { choices: [], hint: failure === null ? 'One moment…' : troubleOf(failure).text };
    return { choices: list.nodes.map(toChoice), hint: list.pageInfo.hasNextPage ? 'The first hundred.' : null };
  };
  const data = answer?.data;
  return {
    grade: of('grades', data?.grades, (it) => ({ value: it.externalKey, label: nameOf(it) })),
    position: of('positions', data?.positions, (it) => ({ value: it.externalKey, label: it.name })),
    role: of('jobRoles', data?.jobRoles, (it) => ({ value: it.id, label: it.name })),
    profession: of('professions', data?.professions, (it) => ({ value: it.id, label: it.title })),
    status: { choices: statuses.map((it) => ({ value: it, label: statusNames[it] })), hint: null },
  };
}
