import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareIds, compareText } from '../../src/directory/order.ts';
import { searchWords } from '../../src/directory/search.ts';
import { sorted } from '../../src/directory/sorted.ts';
import { directoryOf, type Row } from './company-sources.ts';

const idsInOrder = (PAYROLL: Row[]): string[] => directoryOf({ PAYROLL }).people.map(({ id }) => id);

describe('the order of people', () => {
  it('is Unicode’s, by family name, in any script and case', () => {
    const families = ['김', 'Zorn', 'ölund', 'Olund', 'Çelik', 'cem', 'Иванов', 'de Boer', 'Østby', 'Ng', '山田'];
    const rows = families.map((family) => ({ key: family, family }));
    const inOrder = ['cem', 'Çelik', 'de Boer', 'Ng', 'Olund', 'ölund', 'Østby', 'Zorn', 'Иванов', '김', '山田'];
    expect(idsInOrder(rows)).toEqual(inOrder.toSorted(compareText).map((family) => `P:${family}`));
    expect(inOrder.toSorted(compareText)).toEqual(families.toSorted(new Intl.Collator('en').compare));
  });

  it('is by id among namesakes, shorter ids first, however their name is spelled', () => {
    const rows = [
      { key: '10', family: 'Rene\u0301' },
      { key: '9', family: 'Ren\u00e9' },
      { key: '8', family: 'Rene\u0301' },
    ];
    expect(idsInOrder(rows)).toEqual(['P:8', 'P:9', 'P:10']);
    expect(idsInOrder(rows.toReversed())).toEqual(['P:8', 'P:9', 'P:10']);
  });

  it('goes by the whole name without a family name, else the address, else the key', () => {
    const directory = directoryOf({
      PAYROLL: [
        { key: 'e' },
        { key: '4', email: 'D@hanbit.example ' },
        { key: '3', family: ' ', given: 'Z', full: 'C Person' },
        { key: '2', given: 'B' },
        { key: '1', family: 'A', given: 'Z', full: 'Z A' },
        { key: 'f', email: 'no address' },
      ],
    });
    expect(directory.people.map(directory.sortKeyOf)).toEqual(['A', 'B', 'C Person', 'D@hanbit.example', 'e', 'f']);
  });
});

describe('a search', () => {
  const search = (name: Row, text: string): boolean => {
    const { people, matchesSearch } = directoryOf({ PAYROLL: [{ key: '1', ...name }] });
    return people.every((person) => matchesSearch(person, searchWords(text)));
  };

  it.each([
    [
      'beginnings of words',
      { given: 'Anna Maria', family: 'de Boer' },
      ['an', 'mar boe', 'de', 'DE ann'],
      ['nna', 'x'],
    ],
    ['words divided like names', { family: 'Berg-Lind, J.R.' }, ['lind', 'berg lind', 'r', 'berg-l'], ['ind']],
    ['a name that is not split', { full: '김 민수' }, ['민', '김', '민수 김'], ['수', '기', 'ㄱ']],
    ['no accents', { family: 'Škvorecký' }, ['skvo', 'ŠKVORECKY', 'š'], ['ckv']],
    ['accents composed or not', { family: 'Rene\u0301' }, ['ren\u00e9', 'rene\u0301', 'rene'], []],
    ['Hangul as syllables, composed or not', { family: '한빛'.normalize('NFD') }, ['한', '한빛'], ['하']],
    ['a letter with dakuten as one of its own', { family: 'がとう' }, ['が'], ['か']],
    ['any apostrophe', { family: 'O’Hara' }, ["o'h", 'o’h', 'oʼh', 'o`h', 'o´h', 'o′h'], ['hara', 'ohara']],
    ['a dotted capital as an i, and a dotless i as none', { family: 'İnci', given: 'Işık' }, ['inci', 'is'], ['ıs']],
    ['a dotless small letter as it is', { family: 'ısık' }, ['ıs'], ['is']],
    ['a final sigma as a sigma', { family: 'ΣΑΣΑΣ' }, ['σας', 'ΣΑΣ', 'σασα', 'σασας'], []],
  ])('compares %s', (_, name, found, notFound) => {
    expect(found.filter((text) => !search(name, text))).toEqual([]);
    expect(notFound.filter((text) => search(name, text))).toEqual([]);
  });

  it('without words finds everybody, nameless people too', () => {
    expect([searchWords(' -. '), search({}, ''), search({}, 'a')]).toEqual([[], true, false]);
  });

  it('looks at the leading record’s names only', () => {
    const { people, matchesSearch } = directoryOf({
      PAYROLL: [{ key: '1', email: 'anna@hanbit.example', family: 'Berg' }],
      OFFICE: [{ key: '7', email: 'anna@hanbit.example', family: 'Lind' }],
    });
    expect(['berg', 'lind'].map((word) => people.some((person) => matchesSearch(person, [word])))).toEqual([
      true,
      false,
    ]);
  });
});

describe('sorting in steps', () => {
  const drain = <T>(steps: Generator<void, T>): T => {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  };

  it('gives what sorting at once gives, equal items in their order', () => {
    const items = fc.array(fc.record({ rank: fc.nat(20), name: fc.string() }), { maxLength: 1_000, size: 'max' });
    fc.assert(
      fc.property(items, (rows) => {
        const byRank = (a: { rank: number }, b: { rank: number }) => a.rank - b.rank;
        expect(drain(sorted(rows, byRank))).toEqual(rows.toSorted(byRank));
      }),
      { numRuns: 50 },
    );
  });

  it('orders ids totally', () => {
    expect(['P:10', 'O:9', 'P:9', 'P:9'].toSorted(compareIds)).toEqual(['O:9', 'P:9', 'P:9', 'P:10']);
  });
});
