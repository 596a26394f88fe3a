import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = new URL('../../../', import.meta.url);
const settings = z.object({ flags: z.array(z.string()), env: z.record(z.string(), z.string()) });

/** What `npm start` comes to: the arguments for node, with whole paths, and the variables. */
export function npmStart(): { args: string[]; env: Record<string, string> } {
  const { flags, env } = settings.parse(JSON.parse(readFileSync(new URL('bin/start-settings.json', root), 'utf8')));
  return { args: [...flags, fileURLToPath(new URL('src/server/main.js', root))], env };
}
