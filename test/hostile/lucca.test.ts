import { toNodeId } from '../../src/domain/node-id.ts';
import { createCompany } from '../../src/sandbox/company/company.ts';
import { defaultKnobs, type LuccaKnobs } from '../../src/sandbox/lucca/knobs.ts';
import type { LuccaVariation } from '../../src/sandbox/lucca/variations.ts';
import { type Cells, cells, type HostileCase } from './cells.ts';
import { describeVendor } from './suite.ts';

const [same, less, fails] = [cells('same'), cells('less'), cells('fails')];

/** A job-qualification whose row cannot be used is unknown: to whom asks for it, and to whom holds it. */
const unknownByKey = cells('less', 'fails', 'fails');

const variations: Record<LuccaVariation, Cells> = {
  'an item without id': less,
  'an item that is null': less,
  'an item that is text': less,
  'no item that is an object': fails,
  'ids as numbers': same,
  'an id that is no whole number': less,
  'a profession without id': less,
  'embedded references without id': same,
  'members that are hidden': cells('as it came', 'same', 'as it came'),
  'employee numbers as numbers': same,
  'rank null': unknownByKey,
  'rank 0': cells('as it came'),
  'rank as text': same,
  'rank above 32 bits': unknownByKey,
  'an empty title': less,
  'items null': fails,
  'no items': fails,
  'totalCount null': same,
  'totalCount as text': same,
  'totalCount no number': same,
  'an empty first page': same,
  'empty pages without end': fails,
  'the end before totalCount': cells('same, told'),
  'a next link on another host': same,
  'a next link that is relative': same,
  'a next link with a placeholder path': same,
  'a cursor with + / and = as they are': same,
  'a next link without page': fails,
  'pages that repeat the first': fails,
  'links {} on the last page': same,
  'links null on the last page': same,
  'embedded null': same,
  'embedded under other keys': same,
  't9n null': same,
  't9n without title': same,
  't9n absent': same,
};

const others: HostileCase<LuccaKnobs>[] = [
  { name: 'nothing applies, as {}', knobs: { noApplicable: 'empty' }, expected: same },
  { name: 'nothing applies, as null', knobs: { noApplicable: 'null' }, expected: same },
  { name: 'optional keys are absent', knobs: { optionalKeys: 'absent' }, expected: same },
  { name: 'what is not asked for is null', knobs: { unaskedIncludes: 'null', nullLinks: true }, expected: same },
  { name: 'embeds are partial', knobs: { embeds: 'partial' }, expected: same },
  { name: 'every other embed is missing', knobs: { embeds: 'gaps' }, expected: same },
  { name: 'all embeds are missing', knobs: { embeds: 'missing' }, expected: same },
  { name: 'there are unknown members', knobs: { unknownMembers: true }, expected: same },
  { name: 'a status is unknown', knobs: { unknownEnumMembers: true }, expected: cells('less', 'same', 'same, told') },
  { name: 'pages are small', knobs: { pageCap: 3 }, expected: same },
  { name: 'links keep page and limit only', knobs: { linksKeep: 'page-and-limit' }, expected: same },
  { name: 'ETags are not quoted', knobs: { unquotedETags: true }, expected: same },
  { name: 'bodies are deflated', knobs: { compress: 'deflate' }, expected: same },
  { name: 'bodies are deflated without zlib', knobs: { compress: 'raw-deflate' }, expected: same },
  { name: 'bodies begin with a byte order mark', knobs: { byteOrderMark: true }, expected: same },
  { name: 'expires_in is text', knobs: { expiresIn: 'text' }, expected: same },
  { name: 'expires_in is absent', knobs: { expiresIn: 'absent' }, expected: same },
  { name: 'expires_in is 0', knobs: { expiresIn: 'zero' }, expected: same },
];

const company = createCompany({ people: 40 });
// The second of a page is the one that is odd.
const second = company.lucca.jobQualifications[1]?.id ?? '';

describeVendor('Lucca', {
  upstream: 'LUCCA',
  company,
  knobsOf: ({ lucca }) => lucca.knobs,
  questions: {
    list: `{
      employees(first: 100) { nodes { id givenName familyName email employeeNumber status jobTitle } }
      jobQualifications(first: 100) { nodes { luccaId title rank profession { luccaId } createdAt } }
      professions(first: 100) { nodes { luccaId title isArchived } }
    }`,
    item: `{
      jobQualification(id: "${toNodeId('JobQualification', second)}") { luccaId title rank profession { title } }
    }`,
    join: `{
      employees(first: 100) { nodes { id jobTitle jobQualification { luccaId title rank } profession { title } } }
    }`,
  },
  cases: [
    ...Object.entries(variations).map(([name, expected]) => ({
      name,
      knobs: { ...defaultKnobs, variation: name as LuccaVariation, pageCap: 10 },
      expected,
    })),
    ...others,
  ],
});
