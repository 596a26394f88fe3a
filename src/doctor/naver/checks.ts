import { responseChecks } from '../common-checks.ts';
import { connectionChecks } from '../connection/connection-checks.ts';
import { type Check, type Finding, note, ok, unchecked } from '../finding.ts';
import { fieldsCheck, identifiersCheck, listCheck } from '../list-checks.ts';
import { findPageCap, findPaging, findTotals } from '../paging.ts';
import { at } from '../sample.ts';
import { describeShapes } from '../shape.ts';
import type { NaverAccount, NaverSample } from './account.ts';
import { employeeMembers, itemMembers } from './documented.ts';
import { findKeyNames, findReferences } from './key-names.ts';

const upstream = 'NAVER';
const grades = ({ grades }: NaverAccount) => grades();
const positions = ({ positions }: NaverAccount) => positions();
const people = ({ people }: NaverAccount) => people();

const samplesOf = (account: NaverAccount): Promise<NaverSample[]> =>
  Promise.all([account.grades(), account.positions(), account.people()]);

const permissionAdvice = 'check NAVER_COMPANY_ID, and the organization linkage in WORKPLACE';

export const naverChecks: readonly Check<NaverAccount>[] = [
  ...connectionChecks<NaverAccount>(upstream, ({ connection }) => connection),
  {
    id: 'sign-in',
    upstream,
    title: 'Sign-in',
    run: async ({ ready }) => {
      await ready();
      return ok('the signature is accepted');
    },
  },
  listCheck(upstream, 'Grades', grades, permissionAdvice),
  listCheck(upstream, 'Positions', positions, permissionAdvice),
  listCheck(upstream, 'Employees', people, permissionAdvice),
  {
    id: 'page-cap',
    upstream,
    title: 'Page size',
    run: async (account) => findPageCap(await samplesOf(account), 'NAVER_PAGE_SIZE'),
  },
  {
    id: 'paging',
    upstream,
    title: 'Paging',
    run: async ({ people, furtherPeople }) => findPaging(await people(), await furtherPeople(), nameOf),
  },
  { id: 'totals', upstream, title: 'Totals', run: async (account) => findListForm(await samplesOf(account)) },
  { id: 'key-names', upstream, title: 'Key names', run: async ({ people }) => findKeyNames(await people()) },
  {
    id: 'references',
    upstream,
    title: 'References',
    run: async ({ people, grades, positions }) =>
      findReferences(await people(), { grade: await grades(), job: await positions() }),
  },
  identifiersCheck(
    upstream,
    [
      { sampleOf: grades, places: ['externalKey'] },
      { sampleOf: positions, places: ['externalKey'] },
      { sampleOf: people, places: ['externalKey', 'empId'] },
    ],
    {
      isExpected: (value) => /^.{1,36}$/u.test(typeof value === 'string' ? value : ''),
      advice:
        'Rows that were created in WORKPLACE itself have no externalKey until one is uploaded there. hr-graph cannot show grades without one, and identifies such employees by empId. It reads numbers as text.',
    },
  ),
  { id: 'sort-order', upstream, title: 'Sort order', run: async (account) => findSortOrder(await samplesOf(account)) },
  fieldsCheck(upstream, [
    { sampleOf: grades, documented: itemMembers },
    { sampleOf: positions, documented: itemMembers },
    { sampleOf: people, documented: employeeMembers },
  ]),
  ...responseChecks<NaverAccount>(upstream),
];

const nameOf = (row: unknown): unknown => at(row, 'externalKey') ?? at(row, 'empId') ?? JSON.stringify(row);

/** Checks that lists have the documented members `elements` and `totalCount`. */
function findListForm(samples: readonly NaverSample[]): Finding {
  const isOther = samples.some(({ body }) => at(body, 'elements') === undefined);
  if (isOther) {
    return note('Lists have another form than documented.', 'Nothing to change: hr-graph understands it. Report this.');
  }
  return findTotals(samples.map(({ body }) => at(body, 'totalCount')));
}

/** NAVER's tables type sortOrder as text, but its samples show numbers. For writes, a setting decides. */
function findSortOrder(samples: readonly NaverSample[]): Finding {
  const values = samples.slice(0, 2).flatMap(({ raw }) => raw.map((row) => at(row, 'sortOrder')));
  if (values.length === 0) return unchecked('no grade or position was received');
  const shapes = describeShapes(values);
  if (values.every((value) => typeof value === 'number')) return ok(shapes);
  const isText = values.some((value) => typeof value === 'string');
  const advice = isText ? 'If NAVER refuses a write, set NAVER_SORT_ORDER_FORM=string.' : 'Set one in WORKPLACE.';
  return note(`${shapes}.`, advice);
}
