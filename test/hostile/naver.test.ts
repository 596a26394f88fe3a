import { createCompany } from '../../src/sandbox/company/company.ts';
import type { NaverKnobs } from '../../src/sandbox/naver/knobs.ts';
import type { NaverVariation } from '../../src/sandbox/naver/variations.ts';
import { type Cells, cells, type HostileCase } from './cells.ts';
import { describeVendor } from './suite.ts';

const [same, less, fails] = [cells('same'), cells('less'), cells('fails')];
const asItCame = cells('as it came', 'as it came', 'same');

const variations: Record<NaverVariation, Cells> = {
  'elements null': fails,
  'no elements': fails,
  'totalCount as text': same,
  'totalCount null': same,
  'no totalCount': same,
  'totalCount of the page alone': same,
  'totalCount of more than there is': fails,
  'the offset as a page number': fails,
  'limit and offset ignored': same,
  'the offset ignored': fails,
  'a row that is null': less,
  'no row that is an object': fails,
  'externalKey null': less,
  'externalKey absent': less,
  'externalKey an object': less,
  'keys as numbers': same,
  // Of items alone, which the graph does not read: see test/upstreams/naver-client.test.ts.
  'the key in another case': same,
  'two rows with one key': less,
  'references under both names': same,
  'a reference as an object': cells('same, told', 'same', 'less'),
  'sortOrder as a decimal text': same,
  'sortOrder 1.5': asItCame,
  'sortOrder null': asItCame,
  'itemUsed as text': same,
  'itemUsed Y and N': same,
  'itemUsed 1 and 0': same,
  'itemUsed null': cells('same, told'),
  'itemUsed perhaps': cells('same, told'),
  'i18nNames null': asItCame,
  'i18nNames absent': asItCame,
  'i18nNames []': asItCame,
  'i18nNames as text': cells('less', 'less', 'same, told'),
  'i18nNames of null and blank': asItCame,
  'name null': less,
  // Lucca's start of employment takes the place of NAVER's hire date.
  'a date in another form': cells('same, told', 'same', 'same, told'),
  'a date that is blank': same,
  'a date that is null': same,
  'an envelope': same,
  'data around the list': same,
  'a bare list': same,
  'a text for a list': fails,
};

const others: HostileCase<NaverKnobs>[] = [
  { name: 'pages are smaller than asked', knobs: { limitCap: 4 }, expected: same },
  { name: 'totalCount drifts', knobs: { totalCountDrift: 1 }, expected: same },
  { name: 'references have their other names', knobs: { employeeReferences: 'gradeCdExternalKey' }, expected: same },
  { name: 'sortOrder is text', knobs: { sortOrderAsString: true }, expected: same },
  { name: 'bodies are labelled as text', knobs: { textPlain: true }, expected: same },
  { name: 'bodies begin with a byte order mark', knobs: { byteOrderMark: true }, expected: same },
  { name: 'ko_KR is there twice', knobs: { duplicateKoKr: true }, expected: asItCame },
];

/** Keys of digits, which may come as numbers. */
function companyWithNumericKeys() {
  const company = createCompany({ people: 40 });
  const digits = (key: string | null) => key?.replace('G', '1').replace('J', '2') ?? null;
  for (const row of [...company.naver.grades, ...company.naver.jobs]) row.externalKey = digits(row.externalKey);
  for (const row of company.naver.employees) {
    row.gradeExternalKey = digits(row.gradeExternalKey);
    row.jobExternalKey = digits(row.jobExternalKey);
  }
  return company;
}

const company = companyWithNumericKeys();
const [, second] = company.naver.grades.toSorted((a, b) => a.sortOrder - b.sortOrder);

describeVendor('NAVER WORKPLACE', {
  upstream: 'NAVER',
  company,
  knobsOf: ({ naver }) => naver.knobs,
  questions: {
    list: `{
      grades(first: 100) { nodes { externalKey name names { locale text } sortOrder isActive } }
      positions(first: 100) { nodes { externalKey name names { locale text } sortOrder isActive } }
      unlinkedPeople(first: 100) { nodes { id displayName email } }
    }`,
    item: `{ grade(externalKey: "${second?.externalKey}") { externalKey name names { locale text } sortOrder isActive } }`,
    join: `{
      employees(first: 100) {
        nodes { id displayName hiredOn grade { externalKey name isActive } position { externalKey name } }
      }
    }`,
  },
  cases: [
    ...Object.entries(variations).map(([name, expected]) => ({
      name,
      knobs: { variation: name as NaverVariation },
      expected,
    })),
    ...others,
  ],
});
