import { parse, validate } from 'graphql';
import { servedSchema } from '../../../schema/served-schema.ts';
import type { SubgraphSettings } from '../../config/subgraph-settings.ts';
import type { AskedRequest } from '../../domain/list-reading.ts';
import type { Upstream } from '../../domain/upstream.ts';
import { isPeopleList, type ListName, listNames, peopleListsOf, upstreamOf } from '../../loaders/list-names.ts';
import type { UpstreamData } from '../../loaders/upstream-data.ts';
import { anybody, createPlanner } from '../execution/plan-of.ts';
import { measuresOf, upstreamReads } from '../limits/measures.ts';
import { type AskedOperation, operationIn } from './asked-operation.ts';
import { textTable } from './text-table.ts';

type PlannedRead = {
  list: ListName;
  upstream: Upstream;
  asks: AskedRequest | null;
  /** The operation waits for it. The others are read with the start of a process, whatever is asked. */
  isNeeded: boolean;
};

/** `ownRequests`: what a mutation looks at, sends and reads back itself, at most. */
export type PlannedOperation = { reads: PlannedRead[]; ownRequests: number };

/** What a process that has read nothing would read for an operation, from its plan alone. Throws where it is not valid. */
export function planOperation(
  { query, variables, operationName }: AskedOperation,
  data: UpstreamData,
  subgraph: SubgraphSettings,
): PlannedOperation {
  const schema = servedSchema(subgraph);
  const document = parse(query);
  const [problem] = validate(schema, document);
  if (problem !== undefined) throw problem;
  const operation = operationIn(query, operationName);
  const [lead] = data.configured;
  const planOf = createPlanner(lead === undefined ? [] : peopleListsOf(lead));
  const asked = { schema, document, operationName, variableValues: variables };
  const { lists } = planOf(asked, anybody);
  const { cost = 0 } = measuresOf(asked, planOf).find(({ measure }) => measure === upstreamReads) ?? {};
  return {
    reads: listNames
      .filter((list) => data.lists[list] !== undefined && (isPeopleList(list) || lists.has(list)))
      .map((list) => ({ list, upstream: upstreamOf(list), asks: data.asksOf(list), isNeeded: lists.has(list) })),
    ownRequests: operation.operation === 'mutation' ? cost - lists.size : 0,
  };
}

export function dryRunText({ reads, ownRequests }: PlannedOperation): string {
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
  return [
    'A process that has read nothing would ask:',
    '',
    ...table,
    ...before.map((it) => `before: ${it}`),
    ...(ownRequests > 0 ? [`the mutation itself, to check, write and read back: at most ${ownRequests} requests`] : []),
  ].join('\n');
}
