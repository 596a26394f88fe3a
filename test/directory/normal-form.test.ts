import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalEmail, normalKey, normalNumber } from '../../src/directory/normal-form.ts';
import { draws } from '../helpers/draws.ts';

describe('an e-mail address in normal form', () => {
  it.each([
    ['Anna.Berg@Hanbit.example', 'anna.berg@hanbit.example', 'has no capitals'],
    ['\u00a0 anna@hanbit.example\r\n', 'anna@hanbit.example', 'is trimmed'],
    ['anna＠hanbit．example', 'anna@hanbit.example', 'has no fullwidth characters'],
    ['an\u200dna@han\u00adbit.example', 'anna@hanbit.example', 'has no characters without width'],
    ['\ufeff anna@hanbit.example \u200b', 'anna@hanbit.example', 'is trimmed after those are dropped'],
    ['rene\u0301@hanbit.example', 'ren\u00e9@hanbit.example', 'has composed accents'],
    ['rene\u200b\u0301@hanbit.example', 'ren\u00e9@hanbit.example', 'has them composed across what is dropped'],
    ['J\u030c@hanbit.example', '\u01f0@hanbit.example', 'has them composed where only the small letter can be'],
    ['anna@BÜCHER.example', 'anna@xn--bcher-kva.example', 'has its domain in ASCII'],
    ['anna@faß.example', 'anna@xn--fa-hia.example', 'keeps a sharp s apart from two of them'],
    ['김민수@한빛.example', '김민수@xn--xx3br43b.example', 'has its local part in any script'],
    ['IRMAK@hanbit.example', 'irmak@hanbit.example', 'has a dotted i for a capital I'],
    ['ırmak@hanbit.example', 'ırmak@hanbit.example', 'keeps a dotless i'],
    ['o\u2019hara@hanbit.example', 'o\u2019hara@hanbit.example', 'keeps punctuation'],
  ])('%j is %j: it %s', (text, expected) => {
    expect(normalEmail(text)).toBe(expected);
  });

  it.each([
    '',
    '-',
    'none',
    'anna',
    '@',
    'anna@',
    '@hanbit.example',
    '-@-',
    'anna@.',
    'an@na@hanbit.example',
    'anna@@hanbit.example',
    'anna@han bit.example',
    'anna@hanbit.example:25',
    'anna@hanbit.example/inbox',
    'anna@hanbit.example?subject=x',
    'anna@hanbit.example#x',
    'anna@hanbit.example\\x',
    'anna@han%62it.example',
    'anna@han\tbit.example',
    'anna@xn--\u00fc.example',
    '\u200b@\u200b',
    null,
  ])('is none for %j', (text) => {
    expect(normalEmail(text)).toBeNull();
  });

  it('is its own normal form', () => {
    const parts = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
    const addresses = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(parts, parts).map(([local, domain]) => `${local}@${domain}`),
    );
    fc.assert(
      fc.property(addresses, (text) => {
        const address = normalEmail(text);
        expect(normalEmail(address)).toBe(address);
      }),
      { numRuns: draws(2_000) },
    );
  });
});

describe('a key in normal form', () => {
  it('is trimmed and composed, and compared exactly', () => {
    expect(normalKey(' emp-1\n')).toBe('emp-1');
    expect(normalKey('e\u0301')).toBe('\u00e9');
    expect(normalKey('Emp-1')).toBe('Emp-1');
    expect(normalKey('ｅ')).toBe('ｅ');
  });

  it('is in lower case where its system ignores the case', () => {
    expect(normalKey('5D1C3A52-6D38', true)).toBe('5d1c3a52-6d38');
  });

  it('is none where it is blank', () => {
    expect([normalKey(''), normalKey(' \t'), normalKey(null)]).toEqual([null, null, null]);
  });
});

describe('an employee number in normal form', () => {
  it('is compared like a key', () => {
    expect([' 0042 ', '42', 'E-1', 'e-1', '100', 'naomi'].map(normalNumber)).toEqual([
      '0042',
      '42',
      'E-1',
      'e-1',
      '100',
      'naomi',
    ]);
  });

  it('is none where it is a placeholder', () => {
    const placeholders = [
      '0',
      '0000',
      '-',
      ' -- ',
      '–',
      '.',
      '?',
      'n/a',
      'N/A',
      'NA',
      'None',
      'NULL',
      'unknown',
      'TBD',
    ];
    expect([...placeholders, '', null].map(normalNumber).filter((number) => number !== null)).toEqual([]);
  });
});
