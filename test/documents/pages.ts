import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const root = join(import.meta.dirname, '../..');
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const folderOf = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((it) => it.endsWith('.md'))
    .map((it) => `${folder}/${it}`);

/** What people read to use and to run hr-graph, by path. */
export const pages: Readonly<Record<string, string>> = Object.fromEntries(
  ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...folderOf('docs'), ...folderOf('deploy')].map((it) => [
    it,
    read(it),
  ]),
);

/** For users: whose commands and examples run as they stand. */
const forUsers = Object.keys(pages).filter((it) => it === 'README.md' || it.startsWith('docs/'));

/** The fenced blocks of one language, without the indentation of a list. */
export function blocks(language: string, paths: readonly string[] = forUsers): string[] {
  const fence = new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm');
  return paths
    .flatMap((path) => [...(pages[path] ?? '').matchAll(fence)])
    .map(([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** What stands below one heading of a page. Throws where there is none. */
export function section(path: string, title: string): string {
  const [, level = '', text] = z
    .array(z.string())
    .parse(new RegExp(`^(#+) ${title}\\n([\\s\\S]*)`, 'm').exec(pages[path] ?? '') ?? undefined);
  return (
    z
      .string()
      .parse(text)
      .split(new RegExp(`^#{1,${level.length}} `, 'm'))[0] ?? ''
  );
}

/** A page's headings as links name them. */
export const anchorsOf = (path: string): string[] =>
  [...(pages[path] ?? '').matchAll(/^##+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
