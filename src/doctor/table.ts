import type { Section } from './doctor.ts';
import type { Level, Result } from './finding.ts';

const marks: Record<Level, string> = { ok: '✓', note: '!', trouble: '✗', unchecked: '–' };

const width = 100;
const titleWidth = 19;
const indent = ' '.repeat(titleWidth + 5);

/** A heading, and a line for each check: what was found, and below it what to do. */
export function tableOf({ title, results }: Section): string {
  return [title, ...results.flatMap(linesOf), ''].join('\n');
}

function linesOf({ level, title, found, advice }: Result): string[] {
  const [first = '', ...others] = wrapped(found, width - indent.length);
  const told = advice === undefined ? [] : wrapped(advice, width - indent.length - 2);
  return [
    `  ${marks[level]} ${title.padEnd(titleWidth)} ${first}`.trimEnd(),
    ...others.map((line) => indent + line),
    ...told.map((line, index) => `${indent}${index === 0 ? '→' : ' '} ${line}`),
  ];
}

const wrapped = (text: string, columns: number): string[] =>
  text.split('\n').flatMap((paragraph) => wrappedLine(paragraph, columns));

/** A word that is longer than a line stays whole. */
function wrappedLine(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** The last line: how many of each, and what it cost. */
export function summaryOf(sections: readonly Section[]): string {
  const results = sections.flatMap((it) => it.results);
  const count = (level: Level) => results.filter((it) => it.level === level).length;
  const cost = sections.filter((it) => it.upstream !== null).map((it) => `${it.title} ${it.requests}`);
  const counts = `${count('trouble')} ✗, ${count('note')} !, ${count('ok')} ✓, ${count('unchecked')} not checked`;
  return cost.length === 0 ? counts : `${counts}. Requests: ${cost.join(', ')}.`;
}
