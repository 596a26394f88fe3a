import { getOperationAST, parse, validate } from 'graphql';
import { servedSchema } from '../../../schema/served-schema.ts';
import type { SubgraphSettings } from '../../config/subgraph-settings.ts';
import type { AskedRequest } from '../../domain/list-reading.ts';
import type { Upstream } from '../../domain/upstream.ts';
import { isPeopleList, type ListName, listNames, peopleListsOf, upstreamOf } from '../../loaders/list-names.ts';
import type { UpstreamData } from '../../loaders/upstream-data.ts';
import { anybody, createPlanner } from '../execution/plan-of.ts';
import { textTable } from './text-table.ts';

export type PlannedRead = {
  list: ListName;
  upstream: Upstream;
  asks: AskedRequest | null;
  /** The operation waits for it. The others are read with the start of a process, whatever is asked. */
  isNeeded: boolean;
};

export type AskedOperation = { query: string; variables: Record<string, unknown> };

/** What a process that has read nothing would read for an operation, from its plan alone. Throws where it is not valid. */
export function plannedReads(
  { query, variables }: AskedOperation,
  data: UpstreamData,
  subgraph: SubgraphSettings,
): PlannedRead[] {
  const schema = servedSchema(subgraph);
  const document = parse(query);
  const [problem] = validate(schema, document);
  if (problem !== undefined) throw problem;
  if (getOperationAST(document) == null) throw new Error('expected one operation in the file');
  const [lead] = data.configured;
  const planOf = createPlanner(lead === undefined ? [] : peopleListsOf(lead));
  const { lists } = planOf({ schema, document, variableValues: variables }, anybody);
  return listNames
    .filter((list) => data.lists[list] !== undefined && (isPeopleList(list) || lists.has(list)))
    .map((list) => ({ list, upstream: upstreamOf(list), asks: data.asksOf(list), isNeeded: lists.has(list) }));
}

export function dryRunText(reads: readonly PlannedRead[]): string {
  const before = [
    ...new Set(reads.flatMap(({ upstream, asks }) => (asks?.before ? [`${upstream} ${asks.before}`] : []))),
  ];
  const table = textTable(reads, [
    { title: 'list', of: ({ list }) => list },
    { title: 'upstream', of: ({ upstream }) => upstream },
    { title: 'request', of: ({ asks }) => (asks === null ? '-' : `${asks.method} ${asks.path}`) },
    { title: 'how often', of: ({ asks }) => (asks === null ? '-' : `once for every ${asks.rows} rows`) },
    { title: 'read', of: ({ list }) => (isPeopleList(list) ? 'with the start' : 'when first needed') },
    { title: 'here', of: ({ isNeeded }) => (isNeeded ? 'waited for' : '-') },
  ]);
  return ['A process that has read nothing would ask:', '', ...table, ...before.map((it) => `before: ${it}`)].join(
    '\n',
  );
}
