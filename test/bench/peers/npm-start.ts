import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const manifest = z.object({ scripts: z.object({ start: z.string().regex(/^exec env (?:\w+=\S+ )+node \S/) }) });

/** What `npm start` runs: the arguments for node, with whole paths, and the variables. */
export function npmStart(): { args: string[]; env: Record<string, string> } {
  const { start } = manifest.parse(JSON.parse(readFileSync(`${root}package.json`, 'utf8'))).scripts;
  const words = start.split(' ').slice('exec env'.split(' ').length);
  const node = words.indexOf('node');
  return {
    args: words.slice(node + 1).map((it) => (it.startsWith('-') ? it : root + it)),
    env: Object.fromEntries(words.slice(0, node).map((it) => it.split('='))),
  };
}
