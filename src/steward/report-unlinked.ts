import type { PeopleOutOfStepQuery } from '../client/client.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import { toCsv } from './csv.ts';
import { filtersIn } from './filters.ts';
import { allPages, runWithGraph } from './graph.ts';

/** `report:unlinked`: the people whom some systems know and others do not, as a spreadsheet, on stdout. */

type Person = NonNullable<PeopleOutOfStepQuery['unlinkedPeople']>['nodes'][number];

const header = [
  ...['id', 'displayName', 'email', ...upstreams, 'missingFrom', 'conflicts'],
  ...['employeeNumber', 'status', 'reasons', 'asOf'],
];

const readArgs = (args: readonly string[]) => filtersIn(args, ['missing-from', 'reason', 'status', 'current']);

await runWithGraph('The report', readArgs, async (graph, filters) => {
  const people = await allPages(
    graph,
    (page) => graph.client.peopleOutOfStep({ ...filters, ...page }),
    (data) => data.unlinkedPeople,
  );
  process.stdout.write(toCsv([header, ...people.map(rowOf)]));
});

function rowOf(it: Person): string[] {
  const idIn = (upstream: Upstream) => it.identities?.find((known) => known.upstream === upstream)?.upstreamId ?? '';
  const missing = it.missingLinks ?? [];
  const conflicts = (it.identityConflicts ?? []).map(
    ({ matchedBy, records }) => `${matchedBy}: ${records.map((one) => `${one.upstream} ${one.upstreamId}`).join(', ')}`,
  );
  const reasons = missing.map(
    ({ upstream, reason, rule }) => `${upstream}: ${reason}${rule == null ? '' : ` by ${rule}`}`,
  );
  // The oldest of what it follows from.
  const [asOf = ''] = missing.map((link) => link.asOf).sort();
  return [
    ...[it.id, it.displayName, it.email ?? '', ...upstreams.map(idIn)],
    ...[missing.map(({ upstream }) => upstream).join(' '), conflicts.join('; ')],
    ...[it.employeeNumber ?? '', it.status ?? '', reasons.join('; '), asOf],
  ];
}
