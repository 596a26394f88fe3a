import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, pages, root } from './pages.ts';

/** `[text](path#anchor)` of a page, with the path as seen from the project's folder. */
const linksOf = (page: string) =>
  [...(pages[page] ?? '').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, path = '', anchor]) => ({
    path: path === '' ? page : normalize(join(dirname(page), path)),
    anchor,
  }));

describe.each(Object.keys(pages))('%s', (page) => {
  it('names files and folders that exist', () => {
    const named = [...(pages[page] ?? '').matchAll(/`((?:src|schema|resolvers|test|docs|deploy)\/[\w./-]*)`/g)];
    expect(named.map(([, path = '']) => path).filter((it) => !existsSync(join(root, it)))).toEqual([]);
  });

  it('leads to pages and headings that exist', () => {
    const lost = linksOf(page).filter(
      ({ path, anchor }) =>
        !existsSync(join(root, path)) || (anchor !== undefined && !anchorsOf(path).includes(anchor)),
    );
    expect(lost).toEqual([]);
  });
});

describe('the README', () => {
  it('can be read in one sitting', () => {
    expect((pages['README.md'] ?? '').split('\n').length).toBeLessThan(250);
  });

  it('leads to every page', () => {
    const reached = linksOf('README.md').map(({ path }) => path);
    expect(Object.keys(pages).filter((it) => it !== 'README.md' && !reached.includes(it))).toEqual([]);
  });
});
