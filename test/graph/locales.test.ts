import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startGraph, type TestGraph } from '../helpers/graph.ts';
import { luccaPeople } from '../helpers/truth-full-join.ts';
import { nameOf } from '../helpers/truth-people.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

/** Texts by a tag in a vendor's form, without the blank ones, under lower-case tags. */
const written = (translations: Record<string, string>): [string, string][] =>
  Object.entries(translations)
    .filter(([, text]) => text.trim() !== '')
    .map(([tag, text]) => [tag.replaceAll('_', '-').toLowerCase(), text]);

/** What may serve: the text of the exact tag, else any of the same language, else the plain one. */
function candidates(locale: string, translations: Record<string, string>, plain: string): string[] {
  const wanted = locale.replaceAll('_', '-').toLowerCase();
  const texts = written(translations);
  const exact = texts.filter(([tag]) => tag === wanted);
  const sameLanguage = texts.filter(([tag]) => tag.split('-')[0] === wanted.split('-')[0]);
  const best = exact.length > 0 ? exact : sameLanguage;
  return best.length > 0 ? best.map(([, text]) => text) : [plain];
}

const locales = [
  'ko-KR',
  'ko',
  'KO_kr',
  'en-US',
  'en-GB',
  'ja',
  'zh-TW',
  'zh-HK',
  'fr-FR',
  'fr',
  'fr-CA',
  'nl',
  'xx-YY',
];

const named = z.array(z.object({ key: z.string(), text: z.string() }));
const listed = z.object({ rows: z.object({ nodes: named }) });

async function texts(selection: string, locale: string | null, headers = {}): Promise<z.infer<typeof named>> {
  const { data, errors } = await graph.query(`query ($locale: Locale) { ${selection} }`, { locale }, headers);
  expect(errors).toEqual([]);
  return listed.parse(data).rows.nodes;
}

const grades = 'rows: grades(first: 100) { nodes { key: externalKey text: name(locale: $locale) } }';
const positions = 'rows: positions(first: 100) { nodes { key: externalKey text: name(locale: $locale) } }';
const professions = 'rows: professions(first: 100) { nodes { key: luccaId text: title(locale: $locale) } }';
const qualifications = 'rows: jobQualifications(first: 100) { nodes { key: luccaId text: title(locale: $locale) } }';

/** Of each list, the translations and the plain text of every row. */
const sources = () => {
  const { lucca, naver } = graph.company;
  const items = (rows: typeof naver.grades) =>
    rows.map((it) => ({ key: it.externalKey, translations: it.i18nNames, plain: it.name }));
  const titled = (rows: { id: string; title: string; titles: Record<string, string> }[]) =>
    rows.map((it) => ({ key: it.id, translations: it.titles, plain: it.title }));
  return [
    [grades, items(naver.grades)],
    [positions, items(naver.jobs)],
    [professions, titled(lucca.professions)],
    [qualifications, titled(lucca.jobQualifications)],
  ] as const;
};

describe('a text with a locale', () => {
  it.each(locales)('comes in %s, else in the same language, else as it is plainly', async (locale) => {
    for (const [selection, rows] of sources()) {
      for (const { key, text } of await texts(selection, locale)) {
        const row = rows.find((it) => it.key === key);
        expect(candidates(locale, row?.translations ?? {}, row?.plain ?? '')).toContain(text);
      }
    }
  });

  it('comes plainly without a locale, and with null', async () => {
    for (const [selection, rows] of sources()) {
      for (const { key, text } of await texts(selection, null)) {
        expect(text).toBe(rows.find((it) => it.key === key)?.plain);
      }
    }
  });

  it('tells Chinese scripts apart where there are both', async () => {
    const [first] = graph.company.naver.grades;
    if (first) first.i18nNames = { zh_CN: '员工', zh_TW: '員工', en_US: 'Staff' };
    await graph.restartGraph();
    const textIn = async (locale: string) => (await texts(grades, locale)).find((it) => it.key === 'G01')?.text;
    expect(await textIn('zh-Hant')).toBe('員工');
    expect(await textIn('zh-HK')).toBe('員工');
    expect(await textIn('zh-Hans')).toBe('员工');
    expect(await textIn('zh-SG')).toBe('员工');
  });
});

describe('Accept-Language', () => {
  it.each([
    ['ko-KR', 'ko-KR'],
    ['ko_KR', 'ko-KR'],
    ['de;q=0.3, ko;q=0.9, en;q=0.8', 'ko'],
    ['ko;q=0, en-US', 'en-US'],
    ['en-US,en;q=0.9,ko;q=0.8', 'en-US'],
  ])('%s is the default of names and titles', async (header, locale) => {
    for (const [selection] of sources()) {
      const byHeader = await texts(selection, null, { 'accept-language': header });
      expect(byHeader).toEqual(await texts(selection, locale));
    }
  });

  it('gives way to an argument', async () => {
    expect(await texts(grades, 'ja-JP', { 'accept-language': 'ko-KR' })).toEqual(await texts(grades, 'ja-JP'));
  });

  it.each(['*', '', ';;;,,q=', 'xx-not a tag-!!', 'ko;q=abc', 'k'.repeat(5_000)])('%j harms nobody', async (header) => {
    const rows = await texts(grades, null, { 'accept-language': header });
    expect(rows.map((it) => it.key)).toEqual((await texts(grades, null)).map((it) => it.key));
  });

  it('does not change displayName, which needs no other system than the one that leads', async () => {
    graph.sandbox.naver.inject({ times: 100, reply: { status: 503, body: {} } });
    await graph.restartGraph();
    const document = '{ employees(first: 100) { nodes { displayName } } }';
    const korean = await graph.query(document, {}, { 'accept-language': 'ko-KR' });
    graph.sandbox.naver.recover();
    expect(korean.errors).toEqual([]);
    const names = luccaPeople(graph.company).map((it) => ({ displayName: nameOf(it) }));
    expect(korean.data).toEqual({ employees: { nodes: names.slice(0, 100) } });
  });
});

describe('displayName', () => {
  const people = z.object({ employees: z.object({ nodes: z.array(z.object({ displayName: z.string() })) }) });

  it.each(['ko-KR', 'ko', 'ja-JP', 'en-US', 'de'])(
    'comes in %s where NAVER has it, else as Lucca has it',
    async (locale) => {
      const { data, errors } = await graph.query(
        'query ($locale: Locale) { employees(first: 100) { nodes { displayName(locale: $locale) } } }',
        { locale },
      );
      expect(errors).toEqual([]);
      const expected = luccaPeople(graph.company)
        .slice(0, 100)
        .map((person) => candidates(locale, person.naver?.i18nNames ?? {}, nameOf(person))[0]);
      expect(people.parse(data).employees.nodes.map((it) => it.displayName)).toEqual(expected);
    },
  );
});

describe('the list of translations', () => {
  it('has every text that is not blank under a canonical tag', async () => {
    const { data, errors } = await graph.query(`{
      grades(first: 100) { nodes { externalKey names { locale text } } }
      jobQualifications(first: 100) { nodes { luccaId titles { locale text } } }
    }`);
    expect(errors).toEqual([]);
    const texts = z.array(z.object({ locale: z.string(), text: z.string() }));
    const rows = z
      .object({
        grades: z.object({ nodes: z.array(z.object({ externalKey: z.string(), names: texts })) }),
        jobQualifications: z.object({ nodes: z.array(z.object({ luccaId: z.string(), titles: texts })) }),
      })
      .parse(data);
    const canonical = (translations: Record<string, string> = {}) =>
      written(translations).map(([tag, text]) => {
        const [language = '', region] = tag.split('-');
        return { locale: region === undefined ? language : `${language}-${region.toUpperCase()}`, text };
      });
    const byLocale = (a: { locale: string }, b: { locale: string }) => (a.locale < b.locale ? -1 : 1);
    for (const { externalKey, names } of rows.grades.nodes) {
      const row = graph.company.naver.grades.find((it) => it.externalKey === externalKey);
      expect(names.toSorted(byLocale)).toEqual(canonical(row?.i18nNames).sort(byLocale));
    }
    for (const { luccaId, titles } of rows.jobQualifications.nodes) {
      const row = graph.company.lucca.jobQualifications.find((it) => it.id === luccaId);
      expect(titles.toSorted(byLocale)).toEqual(canonical(row?.titles).sort(byLocale));
    }
  });
});
