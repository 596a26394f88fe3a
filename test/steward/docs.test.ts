import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { absenceReasons } from '../../src/domain/absence.ts';
import { parseMapping } from '../../src/identity/mapping-file.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/hr-data.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);

describe('The page for the steward', () => {
  it('says of every reason what to do', () => {
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| .+ \| .+ \|$/gm)].map(([, reason]) => reason);
    expect(rows.toSorted()).toEqual(absenceReasons.toSorted());
  });

  it('names programs that there are', () => {
    const named = blocks('sh').flatMap((text) =>
      [...text.matchAll(/hr-graph\.js (\S+)/g)].map(([, name = '']) => name),
    );
    expect(named).toEqual(['report:unlinked', 'mapping:suggest', 'mapping:check']);
    const commands = readFileSync(join(import.meta.dirname, '../../bin/commands.js'), 'utf8');
    for (const name of named) expect(commands).toContain(`  '${name}': {`);
  });

  it('shows a mapping file that can be read', () => {
    const [example = ''] = blocks('csv');
    const { rows, problems } = parseMapping(Buffer.from(example));
    expect(problems).toEqual([]);
    expect(rows).toHaveLength(2);
  });
});
