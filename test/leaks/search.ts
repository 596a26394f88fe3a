import type { Company } from '../../src/sandbox/company/data.ts';

/** Something that was said, and where. */
export type Evidence = { source: string; text: string };

export type Leak = { source: string; kind: string; excerpt: string };

/** What no log, metric or error may hold. `names` are searched for as words, in their case. */
export type Forbidden = { secrets: readonly string[]; names: readonly string[] };

/** Whatever the values: an address, a credential of a caller, or the text that a signature or a random token is. */
const shapes: Record<string, RegExp> = {
  'an e-mail address': /[\w.+'-]+(?:@|%40)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi,
  'a JSON Web Token': /eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g,
  'an API key': /hrg_[\w-]{20,}/g,
  'a bearer token': /\bBearer [\w~+/.-]{8,}/gi,
  'a signature': /(?<![\w+/])[\w+/]{43}=/g,
};

/** All leaks, each with the words around it. */
export function leaksIn(evidence: readonly Evidence[], { secrets, names }: Forbidden): Leak[] {
  const kinds = Object.entries(shapes);
  if (secrets.length > 0) kinds.push(['a secret', new RegExp(alternatives(secrets.flatMap(spellings)), 'g')]);
  if (names.length > 0) {
    kinds.push(["a person's name", new RegExp(`(?<![\\p{L}\\d])(?:${alternatives(names)})(?![\\p{L}\\d])`, 'gu')]);
  }
  return evidence.flatMap(({ source, text }) =>
    kinds.flatMap(([kind, pattern]) =>
      [...unescaped(text).matchAll(pattern)].map(({ index, 0: found, input }) => ({
        source,
        kind,
        excerpt: input.slice(Math.max(0, index - 60), index + found.length + 60),
      })),
    ),
  );
}

/** Log lines are JSON, and a name in it may be written by its code points. */
const unescaped = (text: string): string =>
  text.replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

const spellings = (secret: string): string[] => [
  ...new Set([
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
  ]),
];

/** Longer ones first: the first that fits is reported. */
const alternatives = (texts: readonly string[]): string =>
  [...new Set(texts)]
    .sort((a, b) => b.length - a.length)
    .map((it) => it.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|');

/** Given and family names as well as whole ones, in every script. A name of one letter is no name. */
export function namesIn({ lucca, ctrlHub, naver }: Company): string[] {
  const all = [
    ...lucca.employees.flatMap((it) => [it.givenName, it.familyName]),
    ...ctrlHub.users.flatMap((it) => [it.firstName, it.lastName]),
    ...naver.employees.flatMap((it) => [it.name, ...Object.values(it.i18nNames)]),
  ];
  return [...new Set(all.map((it) => it.trim()).filter((it) => [...it].length > 1))];
}
