import type { PeopleOutOfStepQuery } from '../client/client.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import { toCsv } from './csv.ts';
import { filtersIn } from './filters.ts';
import { allPages, runWithGraph } from './graph.ts';

/** `report:unlinked`: prints the people without a record in some system, as CSV for a spreadsheet. */

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

function rowOf(person: Person): string[] {
  const idIn = (upstream: Upstream) =>
    person.identities?.find((identity) => identity.upstream === upstream)?.upstreamId ?? '';
  const missing = person.missingLinks ?? [];
  const conflicts = (person.identityConflicts ?? []).map(
    ({ matchedBy, records }) =>
      `${matchedBy}: ${records.map(({ upstream, upstreamId }) => `${upstream} ${upstreamId}`).join(', ')}`,
  );
  const reasons = missing.map(
    ({ upstream, reason, rule }) => `${upstream}: ${reason}${rule == null ? '' : ` by ${rule}`}`,
  );
  // The time of the oldest data behind the row.
  const [asOf = ''] = missing.map((link) => link.asOf).sort();
  return [
    ...[person.id, person.displayName, person.email ?? '', ...upstreams.map(idIn)],
    ...[missing.map(({ upstream }) => upstream).join(' '), conflicts.join('; ')],
    ...[person.employeeNumber ?? '', person.status ?? '', reasons.join('; '), asOf],
  ];
}
