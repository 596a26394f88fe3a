import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownVariables, root, textOf } from './files.ts';

const runbook = textOf('deploy/RUNBOOK.md');
const sections = [...runbook.matchAll(/^### `(.+)`$/gm)].map(([, message = '']) => message);

/** What logs at warn or error, or hands on what is to be logged so. */
const calls = /\.(?:warn|error)\(|onTrouble\(|warnings\.push\(/g;
/** Hands on what another of these says. */
const handedOn = ['warning', 'message'];

/** The arguments of a call, up to the bracket that closes it. */
function argumentsAt(source: string, start: number): string {
  let depth = 1;
  let end = start;
  while (depth > 0 && end < source.length) {
    if (source[end] === '(') depth += 1;
    if (source[end] === ')') depth -= 1;
    end += 1;
  }
  return source.slice(start, end - 1);
}

/** The longest part of the message that does not vary: of the last text among the arguments; null where there is none. */
function messageIn(argumentsText: string): string | null {
  const texts = [...argumentsText.matchAll(/'((?:[^'\\]|\\.)+)'|`([^`]+)`/g)].map(
    ([, plain, template]) => plain ?? template,
  );
  const parts = texts.at(-1)?.split(/\$\{[^}]*\}/) ?? [];
  return parts.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

const sources = globSync('src/**/*.{ts,js}', { cwd: root })
  .filter((file) => !file.startsWith('src/client/') && !file.startsWith('src/sandbox/'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

const logged = sources.flatMap(({ file, text }) =>
  [...text.matchAll(calls)].flatMap((call) => {
    const given = argumentsAt(text, call.index + call[0].length);
    // The declaration of a callback, which logs nothing.
    if (/^\w+: \w+$/.test(given) || handedOn.includes(given)) return [];
    return [{ file, given, message: messageIn(given) }];
  }),
);

describe('the runbook', () => {
  it('has a section for every line that is logged as a warning or an error', () => {
    expect(logged.length).toBeGreaterThan(10);
    expect(logged.filter(({ message }) => message === null)).toEqual([]);
    const untold = logged.filter(
      ({ message }) => !sections.some((it) => it.includes((message ?? '').trim().replace(/ \($/, ''))),
    );
    expect(untold, 'deploy/RUNBOOK.md has to say what these lines mean').toEqual([]);
  });

  it('has no section for a line that is not logged', () => {
    const fragments = logged.map(({ message }) => (message ?? '').trim().replace(/ \($/, ''));
    expect(sections.filter((it) => !fragments.some((fragment) => it.includes(fragment)))).toEqual([]);
  });

  it('says what to do about every code that an upstream fails with', () => {
    const codes = [...textOf('src/server/failure-reporter.ts').matchAll(/^ {2}(UPSTREAM_\w+):/gm)].map(([, it]) => it);
    expect(codes.length).toBeGreaterThan(4);
    const [, section = ''] = runbook.split('### `an upstream failed`');
    for (const code of codes.filter((it) => it !== 'UPSTREAM_NOT_CONFIGURED')) expect(section).toContain(`\`${code}\``);
  });

  it('names files and settings that there are', () => {
    const files = [...runbook.matchAll(/deploy\/[\w./-]+/g)].map(([it]) => it.replace(/\.$/, ''));
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((it) => globSync(it, { cwd: root }).length === 0)).toEqual([]);
    const settings = [...runbook.matchAll(/`([A-Z][A-Z_]+)(?:=[^`]*)?`/g)].map(([, name = '']) => name);
    const states = ['DOWN', 'NODE_ID_SECRET', 'BAD_USER_INPUT'];
    const ofRedis = ['WRONGPASS', 'NOAUTH', 'OOM', 'ECONNREFUSED', 'ENOTFOUND'];
    const ofCompose = [...textOf('deploy/compose.yaml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
    const known = [...knownVariables, ...states, ...ofRedis, ...ofCompose];
    const isKnown = (name: string) => known.includes(name) || name.startsWith('UPSTREAM_');
    expect(settings.filter((it) => !isKnown(it))).toEqual([]);
  });
});
