import { UpstreamError } from '../../errors.ts';
import { answerChecks } from '../common-checks.ts';
import { connectionChecks } from '../connection/connection-checks.ts';
import { type Check, type Finding, note, ok, trouble, unchecked } from '../finding.ts';
import { fieldsCheck, identifiersCheck, listCheck } from '../list-checks.ts';
import { findPageCap, findPaging, findTotals } from '../paging.ts';
import { at } from '../sample.ts';
import type { LuccaAccount } from './account.ts';
import { employeeMembers, jobQualificationMembers, professionMembers } from './documented.ts';
import { findEmbeds } from './embeds.ts';
import { events, findEvents } from './events.ts';
import { findScopes } from './scopes.ts';

const upstream = 'LUCCA';
const people = ({ people }: LuccaAccount) => people();
const qualifications = ({ qualifications }: LuccaAccount) => qualifications();
const professions = ({ professions }: LuccaAccount) => professions();

const whoSees = 'give the API client the business establishments that it is to see';

export const luccaChecks: readonly Check<LuccaAccount>[] = [
  ...connectionChecks<LuccaAccount>(upstream, ({ connection }) => connection),
  ...connectionChecks<LuccaAccount>(upstream, ({ tokenConnection }) => tokenConnection, {
    id: 'token-',
    title: 'Token',
  }),
  {
    id: 'sign-in',
    upstream,
    title: 'Sign-in',
    run: async ({ ready }) => {
      await ready();
      return ok('an access token is issued');
    },
  },
  { id: 'scopes', upstream, title: 'Scopes', run: async ({ ready }) => findScopes(await ready()) },
  listCheck(upstream, 'Employees', people, whoSees),
  listCheck(upstream, 'Job qualifications', qualifications, whoSees),
  listCheck(upstream, 'Professions', professions, whoSees),
  { id: 'version', upstream, title: 'Version', run: findVersion },
  {
    id: 'page-cap',
    upstream,
    title: 'Page size',
    run: async ({ people, qualifications, professions }) =>
      findPageCap(await Promise.all([people(), qualifications(), professions()]), null),
  },
  { id: 'paging', upstream, title: 'Paging', run: findWalk },
  {
    id: 'totals',
    upstream,
    title: 'Totals',
    run: async ({ people, qualifications, professions }) => {
      const samples = await Promise.all([people(), qualifications(), professions()]);
      return findTotals(samples.map((it) => it.total));
    },
  },
  { id: 'etags', upstream, title: 'ETags', run: findETags },
  { id: 'embeds', upstream, title: 'Embeds', run: findEmbeds },
  identifiersCheck(
    upstream,
    [
      { sampleOf: people, places: ['id'] },
      { sampleOf: qualifications, places: ['id', 'profession.id'] },
    ],
    { isExpected: (it) => typeof it === 'string', advice: 'Nothing to change: whole numbers are read as text.' },
  ),
  fieldsCheck(upstream, [
    { sampleOf: people, documented: employeeMembers },
    { sampleOf: qualifications, documented: jobQualificationMembers },
    { sampleOf: professions, documented: professionMembers },
  ]),
  {
    id: 'events',
    upstream,
    title: 'Event log',
    run: findLog,
  },
  ...answerChecks<LuccaAccount>(upstream),
];

async function findVersion({ people, journal, origin, settings }: LuccaAccount): Promise<Finding> {
  await people();
  const headers = journal.headersFrom(origin, /./);
  const served = headers?.get('api-version') ?? null;
  const ends = [headers?.get('deprecation'), headers?.get('sunset')].find((it) => it != null);
  if (ends !== undefined) {
    const dates = `deprecation ${headers?.get('deprecation') ?? 'none'}, sunset ${headers?.get('sunset') ?? 'none'}`;
    return note(`This version comes to its end (${dates}).`, 'See whether a newer hr-graph sets another version.');
  }
  if (served === null) return note('Answers do not tell their version.', 'Nothing to change. Report this with --json.');
  if (served === settings.apiVersion) return ok(served);
  return note(`${served} is served for ${settings.apiVersion}.`, `Set LUCCA_API_VERSION=${served}.`);
}

/** A list is walked by what its next link names. */
async function findWalk({ people, secondPeople }: LuccaAccount): Promise<Finding> {
  const first = await people();
  const second = await secondPeople();
  if (first.hasNext && second === null) {
    return trouble('The next link names no page.', 'The list cannot be read whole. Report this with --json.');
  }
  return findPaging(first, { second, last: null }, (row) => at(row, 'id'));
}

async function findETags({ unchangedPeople }: LuccaAccount): Promise<Finding> {
  const isUnchanged = await unchangedPeople();
  const cost = 'Nothing to change: what has not changed is sent again each time it is looked at.';
  if (isUnchanged === null) return note('Lists have no ETag.', cost);
  if (isUnchanged) return ok('what has not changed is answered without a body');
  return note('The same page came again in spite of its ETag.', `${cost} Or somebody has just changed it.`);
}

/** Nothing is read of the log: whatever it is like, the graph works. */
async function findLog({ ready, connection, eventLog }: LuccaAccount): Promise<Finding> {
  await ready();
  await connection.secured();
  try {
    const log = await eventLog();
    return log === null ? unchecked(`${events.scope} is not granted, nor needed`) : findEvents(log, Date.now());
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.status !== 400) throw error;
    return note(`${error.message.split('. ')[0]}.`, 'Nothing to change: the log is not used. Report this with --json.');
  }
}
