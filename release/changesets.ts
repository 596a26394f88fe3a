import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import parseChangeset from '@changesets/parse';

/** The texts of the changesets with major bumps in `folder`. Throws for an invalid file. */
export function majorChangesetsIn(folder: string): string {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')) : [];
  return files
    .map((file) => parseChangeset(readFileSync(join(folder, file), 'utf8')))
    .filter(({ releases }) => releases.some(({ name, type }) => name === 'hr-graph' && type === 'major'))
    .map(({ summary }) => summary)
    .join('\n');
}
