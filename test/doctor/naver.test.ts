import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { always, type Case, describeCases, under } from './doctor-fixture.ts';

const naver = (knobs: Partial<Sandbox['naver']['knobs']>) => (it: Sandbox) => Object.assign(it.naver.knobs, knobs);

const ofNaver: Case[] = [
  {
    name: 'NAVER gives fewer rows at once than are asked for',
    prepare: naver({ limitCap: 40 }),
    // The keys that lead nowhere are on the rest of the page.
    finds: { 'NAVER page-cap': 'note', 'NAVER references': 'ok' },
    says: /employee: 100 rows were requested, 40 were received, although there are more/,
    advises: /Set NAVER_PAGE_SIZE=40\./,
  },
  {
    name: 'NAVER ignores the limit',
    prepare: naver({ variation: 'limit and offset ignored' }),
    finds: { 'NAVER page-cap': 'note' },
    says: /employee: 100 rows were requested, 1\d\d were received: the limit is ignored/,
    advises: /Nothing to change/,
  },
  {
    name: 'NAVER takes the offset for a page number',
    prepare: naver({ variation: 'the offset as a page number' }),
    finds: { 'NAVER paging': 'trouble' },
    says: /employee: \d+ rows are expected, but none follows the first 100/,
    advises: /cannot be read whole.*--json/,
  },
  {
    name: 'NAVER ignores the offset',
    prepare: naver({ variation: 'the offset ignored' }),
    finds: { 'NAVER paging': 'trouble' },
    says: /employee: the second page repeats the first/,
    advises: /cannot be read whole/,
  },
  {
    name: 'totals of NAVER count a page',
    prepare: naver({ variation: 'totalCount of the page alone' }),
    finds: { 'NAVER paging': 'note' },
    says: /the total of 100 counts only one page/,
    advises: /page after page/,
  },
  {
    name: 'totals of NAVER change from page to page',
    prepare: naver({ totalCountDrift: 3 }),
    finds: { 'NAVER paging': 'note' },
    says: /the total changes from page to page/,
    advises: /changing the list/,
  },
  {
    name: 'lists of NAVER have no total',
    prepare: naver({ variation: 'no totalCount' }),
    finds: { 'NAVER totals': 'note' },
    says: /Not every list has a total/,
    advises: /until an empty page/,
  },
  {
    name: 'lists of NAVER are wrapped',
    prepare: naver({ variation: 'an envelope' }),
    finds: { 'NAVER totals': 'note' },
    says: /another form than documented/,
    advises: /understands it/,
  },
  {
    name: 'employees of NAVER hold two names of references',
    prepare: naver({ variation: 'references under both names' }),
    finds: { 'NAVER key-names': 'note', 'NAVER fields': 'note' },
    says: /gradeExternalKey and gradeCdExternalKey with different values/,
    advises: /hr-graph reads gradeExternalKey/,
  },
  {
    name: 'a reference of NAVER is an object',
    prepare: naver({ variation: 'a reference as an object' }),
    finds: { 'NAVER key-names': 'note', 'NAVER list-employees': 'note' },
    says: /gradeExternalKey is not always text: string\(3, text\) ×\d+, .*object ×1/,
    advises: /have no grade.*--json/,
  },
  {
    name: 'employees of NAVER hold references under yet another name',
    prepare: ({ naver }) => naver.inject(employeesAre({ gradeCode: 'G1', jobCode: 'J1' })),
    finds: { 'NAVER key-names': 'note', 'NAVER fields': 'note' },
    says: /No employee has gradeExternalKey or gradeCdExternalKey, but there is gradeCode/,
    advises: /So nobody has a grade/,
  },
  {
    name: 'employees of NAVER hold codes in the place of keys',
    prepare: ({ naver }) =>
      naver.inject(employeesAre({ gradeExternalKey: 'code-1' }, { gradeExternalKey: 'code-2', jobExternalKey: 'J01' })),
    finds: { 'NAVER references': 'trouble' },
    says: /^0 of 2 keys of a grade and 1 of 1 keys of a job are in the lists/,
    advises: /--json/,
  },
  {
    name: 'sortOrder of NAVER is text',
    prepare: naver({ sortOrderAsString: true }),
    finds: { 'NAVER sort-order': 'note' },
    says: /string\(1-\d, digits\) ×/,
    advises: /NAVER_SORT_ORDER_FORM=string/,
  },
  {
    name: 'a date of NAVER has another form',
    prepare: naver({ variation: 'a date in another form' }),
    finds: { 'NAVER list-employees': 'note' },
    says: /employYmd unreadable, left out ×1/,
    advises: /unknown/,
  },
];

/** A list of other rows than the emulator would make. */
function employeesAre(...rows: Record<string, string>[]) {
  const elements = rows.map((row, index) => ({ externalKey: `made-up-${index}`, ...row }));
  return always({ status: 200, body: { elements, totalCount: rows.length } }, under('/employee'));
}

describeCases('the doctor of NAVER, when', ofNaver);
