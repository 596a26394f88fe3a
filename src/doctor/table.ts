import type { Section } from './doctor.ts';
import type { Level, Result } from './finding.ts';

const marks: Record<Level, string> = { ok: '✓', note: '!', trouble: '✗', unchecked: '–' };

const width = 100;
const titleWidth = 19;
const indent = ' '.repeat(titleWidth + 5);

type Row = Pick<Result, 'level' | 'title' | 'found' | 'advice'>;

/** A heading, and for each check a line with the finding and below it the advice. */
export function tableOf({ title, results }: Section): string {
  return [title, ...rowsOf(results).flatMap(linesOf), ''].join('\n');
}

/** Neighbours that another failed check left unchecked share a row. */
function rowsOf(results: readonly Result[]): Row[] {
  const rows: Row[] = [];
  for (const { title, ...result } of results) {
    const last = rows.at(-1);
    if (result.level === 'unchecked' && last?.level === 'unchecked' && last.found === result.found) {
      rows[rows.length - 1] = { ...last, title: `${last.title}, ${title}` };
    } else rows.push({ ...result, title });
  }
  return rows.map((row) =>
    row.title.length <= titleWidth ? row : { ...row, title: 'Not checked', found: `${row.title}: ${row.found}` },
  );
}

function linesOf({ level, title, found, advice }: Row): string[] {
  const [first = '', ...others] = wrapped(found, width - indent.length);
  const adviceLines = advice === undefined ? [] : wrapped(advice, width - indent.length - 2);
  return [
    `  ${marks[level]} ${title.padEnd(titleWidth)} ${first}`.trimEnd(),
    ...others.map((line) => indent + line),
    ...adviceLines.map((line, index) => `${indent}${index === 0 ? '→' : ' '} ${line}`),
  ];
}

const wrapped = (text: string, columns: number): string[] =>
  text.split('\n').flatMap((paragraph) => wrappedLine(paragraph, columns));

/** A word that is longer than a line is not split. */
function wrappedLine(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** The last line: the number of findings per level, and of requests per system. */
export function summaryOf(sections: readonly Section[]): string {
  const results = sections.flatMap((section) => section.results);
  const count = (level: Level) => results.filter((result) => result.level === level).length;
  const cost = sections
    .filter(({ upstream }) => upstream !== null)
    .map(({ title, requests }) => `${title} ${requests}`);
  const counts = `${count('trouble')} ✗, ${count('note')} !, ${count('ok')} ✓, ${count('unchecked')} not checked`;
  return cost.length === 0 ? counts : `${counts}. Requests: ${cost.join(', ')}.`;
}
