import type { Item, JobQualification, Member, Person, Profession } from '../hand/rows.ts';
import { type Context, once, read } from './sdk.ts';

const limit = 100;
const company = { company: process.env.NAVER_COMPANY_ID, limit };
const organisation = { organisation: process.env.CTRL_HUB_ORGANISATION_ID, limit };

type Items<Row> = { items: Row[] };
type Elements<Row> = { elements: Row[]; totalCount: number };
type Members = { data: Member[]; meta: { pagination: { counts: { resources: number } } } };

export const jobQualifications = (context: Context): Promise<Map<string, JobQualification>> =>
  once(context, 'job qualifications', async () => {
    const selected = '{ items { id title rank profession { id } } }';
    const { items } = await read<Items<JobQualification>>(
      context,
      'Lucca',
      'luccaJobQualifications',
      { limit },
      selected,
    );
    return new Map(items.map((it) => [it.id, it]));
  });

export const professions = (context: Context): Promise<Map<string, Profession>> =>
  once(context, 'professions', async () => {
    const selected = '{ items { id title } }';
    const { items } = await read<Items<Profession>>(context, 'Lucca', 'luccaProfessions', { limit }, selected);
    return new Map(items.map((it) => [it.id, it]));
  });

const naverItems = (context: Context, field: string, selected: string): Promise<Map<string, Item>> =>
  once(context, field, async () => {
    const { elements } = await read<Elements<Item>>(context, 'Naver', field, company, selected);
    return new Map(elements.map((it) => [it.externalKey, it]));
  });

export const grades = (context: Context) =>
  naverItems(context, 'naverGrades', '{ elements { externalKey name sortOrder } }');

export const positions = (context: Context) => naverItems(context, 'naverJobs', '{ elements { externalKey name } }');

export const people = (context: Context): Promise<Map<string, Person | null>> =>
  once(context, 'people', async () => {
    const selected =
      '{ elements { externalKey empId emailAddress employYmd gradeExternalKey jobExternalKey } totalCount }';
    const page = (offset: number) =>
      read<Elements<Person>>(context, 'Naver', 'naverEmployees', { ...company, offset }, selected);
    const first = await page(0);
    const rest = await Promise.all(offsetsAfterFirst(first.totalCount).map(page));
    return byEmail([first, ...rest].flatMap((it) => it.elements).map((it) => [it.emailAddress, it]));
  });

export const members = (context: Context): Promise<Map<string, Member | null>> =>
  once(context, 'members', async () => {
    const selected = '{ data { id attributes { email } } meta { pagination { counts { resources } } } }';
    const page = (offset: number) =>
      read<Members>(context, 'CtrlHub', 'ctrlHubMembers', { ...organisation, offset }, selected);
    const first = await page(0);
    const rest = await Promise.all(offsetsAfterFirst(first.meta.pagination.counts.resources).map(page));
    return byEmail([first, ...rest].flatMap((it) => it.data).map((it) => [it.attributes.email, it]));
  });

const offsetsAfterFirst = (total: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil(total / limit) - 1) }, (_, index) => (index + 1) * limit);

/** Two people with one address are not told apart: neither is taken. */
function byEmail<Row>(rows: [string | null, Row][]): Map<string, Row | null> {
  const found = new Map<string, Row | null>();
  for (const [address, row] of rows) {
    const key = address?.trim().toLowerCase();
    if (key !== undefined) found.set(key, found.has(key) ? null : row);
  }
  return found;
}
