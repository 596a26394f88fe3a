import { UpstreamError } from '../../errors.ts';
import { responseChecks } from '../common-checks.ts';
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

const permissionAdvice = 'give the API client access to the business establishments';

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
  listCheck(upstream, 'Employees', people, permissionAdvice),
  listCheck(upstream, 'Job qualifications', qualifications, permissionAdvice),
  listCheck(upstream, 'Professions', professions, permissionAdvice),
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
      return findTotals(samples.map(({ total }) => total));
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
    { isExpected: (value) => typeof value === 'string', advice: 'Nothing to change: whole numbers are read as text.' },
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
  ...responseChecks<LuccaAccount>(upstream),
];

async function findVersion({ people, journal, origin, settings }: LuccaAccount): Promise<Finding> {
  await people();
  const headers = journal.headersFrom(origin, /./);
  const served = headers?.get('api-version') ?? null;
  const ends = [headers?.get('deprecation'), headers?.get('sunset')].find((header) => header != null);
  if (ends !== undefined) {
    const dates = `deprecation ${headers?.get('deprecation') ?? 'none'}, sunset ${headers?.get('sunset') ?? 'none'}`;
    return note(`This version will be retired (${dates}).`, 'Check whether a newer hr-graph uses another version.');
  }
  if (served === null)
    return note('Responses do not name their version.', 'Nothing to change. Report this with --json.');
  if (served === settings.apiVersion) return ok(served);
  return note(`Lucca serves version ${served} instead of ${settings.apiVersion}.`, `Set LUCCA_API_VERSION=${served}.`);
}

/** Checks that the list can be read page by page along its next links. */
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
  const cost = 'Nothing to change: Lucca sends unchanged pages again at each check.';
  if (isUnchanged === null) return note('Lists have no ETag.', cost);
  if (isUnchanged) return ok('unchanged pages are sent without a body');
  return note('Lucca sent the same page again, despite its ETag.', `${cost} Or somebody has just changed the page.`);
}

/** The graph does not use the event log, so problems with it are only notes. */
async function findLog({ ready, connection, eventLog }: LuccaAccount): Promise<Finding> {
  await ready();
  await connection.secured();
  try {
    const log = await eventLog();
    return log === null ? unchecked(`${events.scope} is not granted, and not needed`) : findEvents(log, Date.now());
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.status !== 400) throw error;
    return note(
      `${error.message.split('. ')[0]}.`,
      'Nothing to change: hr-graph does not use the log. Report this with --json.',
    );
  }
}
