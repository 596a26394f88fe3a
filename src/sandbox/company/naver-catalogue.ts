import type { NaverData, NaverItemRow } from './data.ts';

/** The grade and the job of the whole crane crew. */
export const CREW_GRADE = 'G04';
export const CREW_JOB = 'J02';

type Item = [
  key: string | null,
  sortOrder: number,
  name: string,
  i18nNames: Record<string, string>,
  isUnused?: 'unused',
];

const grades: Item[] = [
  ['G01', 10, 'Staff', { ko_KR: '사원', en_US: 'Staff', ja_JP: '社員' }],
  ['G02', 20, 'Senior Staff', { ko_KR: '주임', en_US: 'Senior Staff' }],
  ['G03', 30, 'Assistant Manager', { ko_KR: '대리', en_US: 'Assistant Manager', ja_JP: '', zh_CN: '' }],
  [CREW_GRADE, 40, 'Manager', { ko_KR: '과장', en_US: 'Manager', ja_JP: '課長', zh_CN: '科长' }],
  ['G05', 50, 'Deputy General Manager', { ko_KR: '차장', en_US: '' }],
  ['G06', 60, '부장', { en_US: 'General Manager' }],
  ['G07', 60, 'Principal Engineer', { ko_KR: '  ', en_US: 'Principal Engineer' }],
  ['G08', 70, 'Director', {}],
  ['G09', 80, 'Executive', { ko_KR: '상무', zh_TW: '常務' }],
  // Not used any more; one of the two still has people.
  ['G10', 90, 'Adviser', { ko_KR: '고문', en_US: 'Adviser' }, 'unused'],
  ['G11', 5, 'Probationer', { ko_KR: '', en_US: '' }, 'unused'],
  // Created in the web pages, not through the API: it has no key, so no person can refer to it.
  [null, 100, 'Dispatched Worker', { ko_KR: '파견직' }],
];

const jobs: Item[] = [
  ['J01', 1, 'Team Member', { ko_KR: '팀원', en_US: 'Team Member', ja_JP: 'メンバー' }],
  [CREW_JOB, 2, 'Part Leader', { ko_KR: '파트장', en_US: 'Part Leader' }],
  ['J03', 3, 'Team Leader', { ko_KR: '팀장', en_US: 'Team Leader', ja_JP: 'チームリーダー' }],
  ['J04', 3, 'Project Leader', { ko_KR: '', en_US: 'Project Leader' }],
  ['J05', 5, 'Yard Master', {}],
  ['J06', 6, 'Head of Centre', { ko_KR: '센터장', en_US: '  ' }],
  ['J07', 7, '본부장', { en_US: 'Head of Division', zh_CN: '' }],
  ['J08', 8, 'Site Director', { ko_KR: '현장소장', en_US: 'Site Director' }],
  ['J09', 90, 'Section Chief', { ko_KR: '과장' }, 'unused'],
  ['J10', 91, 'Typing Pool Head', { ko_KR: '' }, 'unused'],
];

/** The keys that people may have: all except the last unused grade and job. */
export const heldGradeKeys = keysOf(grades.filter(([key]) => key !== 'G11'));
export const heldJobKeys = keysOf(jobs.filter(([key]) => key !== 'J10'));

/** Twelve grades and ten jobs (positions), in random order, because NAVER promises no order. */
export function createNaverCatalogue(): Pick<NaverData, 'grades' | 'jobs'> {
  return { grades: grades.map(toRow), jobs: jobs.map(toRow) };
}

function toRow([externalKey, sortOrder, name, i18nNames, isUnused]: Item): NaverItemRow {
  return { externalKey, name, i18nNames: { ...i18nNames }, sortOrder, itemUsed: isUnused === undefined };
}

function keysOf(items: readonly Item[]): string[] {
  return items.flatMap(([key]) => key ?? []);
}
