import { parseArgs } from 'node:util';
import { upstreams as known, type Upstream } from '../client/generated/sdk.ts';
import { absenceReasons } from '../domain/absence.ts';
import { upstreams as inLeadOrder } from '../domain/upstream.ts';

const names: readonly string[] = inLeadOrder;
const upstreams = names.filter((name): name is Upstream => Object.hasOwn(known, name));
const statuses = ['ACTIVE', 'UPCOMING', 'DEACTIVATED'] as const;

/** Which people a program shows. */
export type Filters = {
  missingFrom: Upstream | null;
  status: (typeof statuses)[number][] | null;
  reasons: (typeof absenceReasons)[number][] | null;
  currentOnly: boolean;
};

/**
 * Parses arguments such as `--missing-from=NAVER --reason=NO_MATCH,GAVE_WAY --current`, in any case. `known` lists the
 * arguments of the program. Throws an Error that says what was expected.
 */
export function filtersIn(args: readonly string[], known: readonly (keyof typeof options)[]): Filters {
  const expected = known.map((name) => usages[name]).join(' ');
  const { values } = parse(args, known, expected);
  const text = (name: keyof typeof options) => (typeof values[name] === 'string' ? values[name] : undefined);
  const [missingFrom = null, ...others] = wordsIn(text('missing-from'), upstreams, expected) ?? [];
  if (others.length > 0) throw new Error(`expected one system in --missing-from, got ${others.length + 1}`);
  return {
    missingFrom,
    status: wordsIn(text('status'), statuses, expected),
    reasons: wordsIn(text('reason'), absenceReasons, expected),
    currentOnly: values.current === true,
  };
}

const options = {
  'missing-from': { type: 'string' },
  status: { type: 'string' },
  reason: { type: 'string' },
  current: { type: 'boolean' },
} as const;

const usages: Record<keyof typeof options, string> = {
  'missing-from': `[--missing-from=${upstreams.join('|')}]`,
  status: `[--status=${statuses.join(',')}]`,
  reason: `[--reason=${absenceReasons.join(',')}]`,
  current: '[--current]',
};

function parse(args: readonly string[], known: readonly (keyof typeof options)[], expected: string) {
  try {
    const wanted = Object.fromEntries(known.map((name) => [name, options[name]]));
    return parseArgs({ args: [...args], options: wanted, strict: true });
  } catch {
    throw new Error(`expected nothing or ${expected}`);
  }
}

/** Words separated by commas, in any case, with hyphens or underscores; null without a text. */
function wordsIn<const Word extends string>(
  text: string | undefined,
  words: readonly Word[],
  expected: string,
): Word[] | null {
  if (text === undefined) return null;
  return text.split(',').map((part) => {
    const word = words.find((known) => known === part.trim().toUpperCase().replaceAll('-', '_'));
    if (word === undefined) throw new Error(`expected nothing or ${expected}`);
    return word;
  });
}
