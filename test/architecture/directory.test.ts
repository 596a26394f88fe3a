import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { upstreamName, upstreams } from '../../src/domain/upstream.ts';

const folder = join(import.meta.dirname, '../../src/directory');

/** What the code says of any vendor, in whichever spelling; text of comments counts too. */
const vendor = new RegExp(
  ['workplace', ...upstreams, ...upstreams.map(upstreamName)]
    .map((name) => name.replace(/[\s_]/, '[\\s_-]?'))
    .join('|'),
  'i',
);

/** What gives another answer at another time, or on another machine. */
const impure =
  /\b(?:Date|performance|Temporal|setTimeout|setInterval|setImmediate|process|fetch|random\w*)\b|\basync\b/;

const importsOf = (text: string): string[] => [...text.matchAll(/\bfrom '([^']+)'/g)].map(([, path = '']) => path);

/** The file with everything of this project that it needs, by path. */
function closureOf(file: string, closure = new Map<string, string>()): Map<string, string> {
  if (closure.has(file)) return closure;
  const text = readFileSync(file, 'utf8');
  closure.set(file, text);
  for (const path of importsOf(text)) if (path.startsWith('.')) closureOf(join(dirname(file), path), closure);
  return closure;
}

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe('the directory', () => {
  it('names no vendor', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((it) => it.endsWith('.ts'));
    expect(files).toContain('directory.ts');
    expect(files.filter((it) => vendor.test(readFileSync(join(folder, it), 'utf8')))).toEqual([]);
    for (const text of ['luccaId', 'CTRL_HUB', 'ctrl-hub', 'CtrlHubUser', 'naver WORKPLACE'])
      expect(text).toMatch(vendor);
  });

  it('is built without I/O and without a clock', () => {
    const closure = closureOf(join(folder, 'directory.ts'));
    expect(closure.size).toBeGreaterThan(10);
    expect([...closure].filter(([, text]) => impure.test(withoutComments(text))).map(([file]) => file)).toEqual([]);
    const packages = [...closure.values()].flatMap(importsOf).filter((path) => !path.startsWith('.'));
    expect(packages).toEqual(['node:url']);
    for (const text of ['Date.now()', 'Math.random()', 'async function']) expect(text).toMatch(impure);
  });
});
