import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import parseChangeset from '@changesets/parse';

/** What the changesets of major bumps in `folder` say. Throws for a file of another form. */
export function majorChangesetsIn(folder: string): string {
  const files = existsSync(folder) ? readdirSync(folder).filter((it) => it.endsWith('.md')) : [];
  return files
    .map((file) => parseChangeset(readFileSync(join(folder, file), 'utf8')))
    .filter(({ releases }) => releases.some((it) => it.name === 'hr-graph' && it.type === 'major'))
    .map(({ summary }) => summary)
    .join('\n');
}
