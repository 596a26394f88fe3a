import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTargets } from '../../src/upstreams/naver/targets.ts';
import { company, item, withNaver } from './naver-fixture.ts';

const encodings: [key: string, segment: string][] = [
  ['G-1_a.b~c', 'G-1_a.b~c'],
  ['null', 'null'],
  ['...', '...'],
  ['../job/J-1', '..%2Fjob%2FJ-1'],
  ['..\\job', '..%5Cjob'],
  ["O'Neill!(*)", 'O%27Neill%21%28%2A%29'],
  ['%2F', '%252F'],
  ['%2e%2e', '%252e%252e'],
  ['a#b?offset=0&limit=1', 'a%23b%3Foffset%3D0%26limit%3D1'],
  ['a,b;c', 'a%2Cb%3Bc'],
  ['a b+c', 'a%20b%2Bc'],
  ['G-1\r\nHost: elsewhere.example', 'G-1%0D%0AHost%3A%20elsewhere.example'],
  ['\u0000', '%00'],
  ['과장', '%EA%B3%BC%EC%9E%A5'],
  ['درجة', '%D8%AF%D8%B1%D8%AC%D8%A9'],
  ['😀'.repeat(36), '%F0%9F%98%80'.repeat(36)],
];

const unaskable = ['', ' ', '\t', '.', '..', 'k'.repeat(37), 'k'.repeat(10_240), '\ud800'];

describe('a key from outside', () => {
  it.each(encodings)('%j stays one path segment, is signed as sent, and finds its item', async (key, segment) => {
    await withNaver({ data: { grades: [item(key), item('other')], jobs: [item('J-1')] } }, async (stage) => {
      expect(await stage.client.grade(key)).not.toBeNull();
      expect(await stage.client.position(key)).toBeNull();
      expect(stage.targets()).toEqual([`${company}/grade/${segment}`, `${company}/job/${segment}`]);
    });
  });

  it.each(unaskable)('%j names nothing, and nothing is asked', async (key) => {
    await withNaver({}, async ({ client, targets }) => {
      expect(await client.grade(key)).toBeNull();
      expect(await client.position(key)).toBeNull();
      expect(targets()).toEqual([]);
    });
  });

  it('of any kind is one segment of unreserved characters that decodes to itself, or is not asked for', () => {
    const { item: targetOf } = createTargets('https://naver.example', 'C-1');
    const root = '/organization/apigw/v2/company/C-1/job/';
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (key) => {
        const found = targetOf('job', key);
        if (found === null) return;
        const { target } = found;
        const segment = target.slice(root.length);
        expect(target.slice(0, root.length)).toBe(root);
        expect(segment).toMatch(/^(?!\.{1,2}$)[\w.~%-]+$/);
        expect(decodeURIComponent(segment)).toBe(key);
      }),
    );
  });
});
