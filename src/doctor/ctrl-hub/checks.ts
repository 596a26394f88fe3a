import { responseChecks } from '../common-checks.ts';
import { connectionChecks } from '../connection/connection-checks.ts';
import { type Check, type Finding, note, ok, unchecked } from '../finding.ts';
import { fieldsCheck, identifiersCheck, listCheck } from '../list-checks.ts';
import { findPageCap, findPaging, findTotals } from '../paging.ts';
import { at, plural } from '../sample.ts';
import { shownName } from '../shape.ts';
import type { CtrlHubAccount, CtrlHubSample } from './account.ts';
import { findDialect } from './filters.ts';
import { findIncluded } from './included.ts';

const upstream = 'CTRL_HUB';
const assignments = ({ assignments }: CtrlHubAccount) => assignments();
const members = ({ members }: CtrlHubAccount) => members();

const samplesOf = (account: CtrlHubAccount): Promise<CtrlHubSample[]> =>
  Promise.all([account.assignments(), account.members()]);

const permissionAdvice = "check the permissions of the session's user, and CTRL_HUB_ORGANISATION_ID";

/** JSON:API, resource objects. */
const resourceMembers = ['id', 'type', 'attributes', 'meta', 'relationships', 'links'];

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

export const ctrlHubChecks: readonly Check<CtrlHubAccount>[] = [
  ...connectionChecks<CtrlHubAccount>(upstream, ({ connection }) => connection),
  {
    id: 'sign-in',
    upstream,
    title: 'Sign-in',
    run: async ({ ready }) => {
      await ready();
      return ok('the session is live');
    },
  },
  listCheck(upstream, 'Assignments', assignments, permissionAdvice),
  { id: 'list-members', upstream, title: 'Members', run: async ({ members }) => findMembers(await members()) },
  { id: 'member-types', upstream, title: 'Member types', run: async ({ members }) => findTypes(await members()) },
  {
    id: 'page-cap',
    upstream,
    title: 'Page size',
    run: async (account) => findPageCap(await samplesOf(account), 'CTRL_HUB_PAGE_SIZE'),
  },
  {
    id: 'paging',
    upstream,
    title: 'Paging',
    run: async ({ members, furtherMembers }) =>
      findPaging(await members(), await furtherMembers(), (row) => at(row, 'id')),
  },
  { id: 'totals', upstream, title: 'Totals', run: async (account) => findPagination(await samplesOf(account)) },
  { id: 'filter-dialect', upstream, title: 'Filters', run: findDialect },
  { id: 'included', upstream, title: 'Included', run: async ({ assignments }) => findIncluded(await assignments()) },
  identifiersCheck(
    upstream,
    [
      { sampleOf: assignments, places: ['id'] },
      { sampleOf: members, places: ['id'] },
    ],
    {
      isExpected: (value) => typeof value === 'string' && uuid.test(value),
      advice: 'Nothing to change: identifiers are read as text. Report this with --json.',
    },
  ),
  fieldsCheck(upstream, [
    { sampleOf: assignments, documented: resourceMembers },
    { sampleOf: members, documented: resourceMembers },
  ]),
  ...responseChecks<CtrlHubAccount>(upstream),
];

/** Service accounts are members too; they have a check of their own. */
const listOfMembers = listCheck<CtrlHubSample>(upstream, 'Members', async (sample) => sample, permissionAdvice);
const findMembers = (sample: CtrlHubSample) =>
  listOfMembers.run({ ...sample, skipped: sample.skipped.filter(({ reason }) => reason !== 'a service account') });

function findTypes({ raw }: CtrlHubSample): Finding {
  if (raw.length === 0) return unchecked('no member was received');
  const types = Map.groupBy(raw, (row) => String(at(row, 'type') ?? 'users'));
  const counts = [...types].map(([type, rows]) => `${rows.length} ${shownType(type)}`).join(', ');
  const others = [...types.keys()].filter((type) => type !== 'users' && type !== 'service-accounts');
  if (others.length > 0) {
    const found = `Among ${plural(raw.length, 'member')} are ${others.map(shownType).join(', ')}: ${counts}.`;
    return note(found, 'Only users are people: hr-graph ignores the others. Report this with --json.');
  }
  return ok(types.has('service-accounts') ? `${counts}, which hr-graph ignores` : counts);
}

const shownType = (type: string): string => shownName(type.replaceAll('-', '_')).replaceAll('_', '-');

/** The documents promise row offsets, and a count over all pages (Ctrl Hub docs: Retrieve job role assignments). */
function findPagination(samples: readonly CtrlHubSample[]): Finding {
  for (const { document, received, offset, resource } of samples) {
    const next = document.meta?.pagination?.offsets?.next ?? null;
    if (next === null || next === offset + received) continue;
    const found = `${resource}: the next offset is ${next} after ${received} rows.`;
    return note(found, 'Nothing to change: hr-graph continues after the received rows.');
  }
  return findTotals(samples.map(({ document }) => document.meta?.pagination?.counts?.resources));
}
