import { isIP } from 'node:net';
import { z } from 'zod';
import type { Allowance } from '../http/allowance.ts';

/** `got` replaces the text in the problem, if the text must not be shown or words are clearer. */
type Parsed<T> = { value: T } | { expected: string; got?: string };

/** Parses the text of a variable, which is trimmed and not blank. */
export type Format<T> = (text: string) => Parsed<T>;

const longestQuote = 40;

/** Quotes a text on one line, cut to 40 characters. */
export function quote(text: string): string {
  const characters = [...text];
  return JSON.stringify(characters.slice(0, longestQuote).join('')) + (characters.length > longestQuote ? '…' : '');
}

const formatOf =
  <T>(schema: z.ZodType<T, string>, expected: string): Format<T> =>
  (text) => {
    const result = schema.safeParse(text);
    return result.success ? { value: result.data } : { expected };
  };

export const wholeNumber = (min: number, max: number): Format<number> =>
  formatOf(
    z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(min).max(max)),
    `a whole number from ${min} to ${max}`,
  );

/** One of some lower-case words, in any case. */
export const oneOf = <const T extends string>(words: readonly T[]): Format<T> =>
  formatOf(z.string().toLowerCase().pipe(z.enum(words)), `one of ${words.join(', ')}`);

const switches: Record<string, boolean | undefined> = {
  on: true,
  true: true,
  '1': true,
  off: false,
  false: false,
  '0': false,
};

/** on or off. Also true and false, because YAML turns on and off into them, and 1 and 0. */
export const onOff: Format<boolean> = (text) => {
  const value = switches[text.toLowerCase()];
  return value === undefined ? { expected: 'on or off' } : { value };
};

export const isOff = (text: string): boolean => ['off', 'false'].includes(text.toLowerCase());

/** A prefix for type names. */
export const pascalCase: Format<string> = formatOf(
  z.string().regex(/^[A-Z][A-Za-z\d]{0,19}$/),
  'up to 20 letters and digits that begin with a capital, such as Hr',
);

export const date: Format<string> = formatOf(z.iso.date(), 'a date such as 2024-11-01');

/** For credentials, which travel in headers: other characters are not safe there. */
export const printableAscii: Format<string> = formatOf(
  z.string().regex(/^[\x20-\x7e]+$/),
  'printable ASCII characters only',
);

export const anyText: Format<string> = (text) => ({ value: text });

/** An identifier for a URL path: not empty, no dot segment, no character that a server could split at or resolve. */
export const pathSegment: Format<string> = formatOf(
  z.string().regex(/^(?!\.{1,2}$)[^\s/\\?#%\p{C}]+$/u),
  'an identifier without spaces and without / \\ ? # %',
);

/** OAuth scopes. A comma is rejected, because it would join two scopes into one that does not exist. */
export const scopes: Format<string> = formatOf(
  z
    .string()
    .transform((text) => text.split(/\s+/))
    .pipe(z.array(z.string().regex(/^[\w.:/-]+$/)))
    .transform((names) => names.join(' ')),
  'scopes separated by spaces',
);

/** A rate limit as requests/seconds: `50/60` is fifty in any sixty seconds. */
export const allowance: Format<Allowance> = formatOf(
  z
    .string()
    .regex(/^[1-9]\d{0,6} *\/ *[1-9]\d{0,4}$/)
    .transform((text) => text.split('/').map(Number))
    .pipe(z.tuple([z.number(), z.number()]))
    .transform(([count, seconds]) => ({ count, seconds })),
  'requests/seconds such as 50/60',
);

export const host: Format<string> = formatOf(
  z.string().refine((text) => isIP(text) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text)),
  'a host name, or an IP address without brackets',
);
