import { z } from 'zod';
import { isRegional } from '../src/domain/writes.ts';
import type { Checked } from './write.ts';

/** NAVER documents the length 36, but no set of characters. These characters mean the same in every path. */
const externalKey = z
  .string()
  .regex(/^(?!\.{1,2}$)[\w.-]{1,36}$/, "expected 1 to 36 letters, digits, '.', '_' or '-', and not '.' or '..' alone");

/** NAVER's limit for `name`, assumed for translations as well. */
const maxNameLength = 100;
const text = z
  .string()
  .trim()
  .max(maxNameLength, `expected at most ${maxNameLength} characters`)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'expected no control characters');
const name = text.min(1, 'expected a name, got a blank text');

/** NAVER documents no range. The upper limit is that of GraphQL's Int. */
const sortOrder = z.int().min(0, 'expected 0 or more');

const regional = z
  .string()
  .refine(isRegional, 'expected a language and a country, such as ko-KR: NAVER knows no other locales');

/** Each locale once. An empty text means no translation. */
const namesIn = (locale: z.ZodType<string>) =>
  z.array(z.object({ locale, text })).superRefine((names, { addIssue }) => {
    const locales = names.map(({ locale }) => locale);
    for (const [index, given] of locales.entries()) {
      if (locales.indexOf(given) === index) continue;
      addIssue({ code: 'custom', path: [index, 'locale'], message: 'expected each locale once' });
    }
  });
const isActive = z.boolean();

/** In a new object null means absent. */
const newItem = z.object({
  externalKey,
  name,
  names: namesIn(regional)
    .nullish()
    .transform((given) => given ?? []),
  sortOrder,
  isActive: isActive.nullish().transform((given) => given ?? true),
});

const changes = z.object({
  externalKey,
  name: name.optional(),
  names: namesIn(z.string()).optional(),
  sortOrder: sortOrder.optional(),
  isActive: isActive.optional(),
  expectedVersion: z.string().optional(),
});
/**
 * Used to report faults. Whether the object has a locale without a country is only known once it is read, but other
 * faults are reported before.
 */
const changesWithRegionalNames = changes.extend({ names: namesIn(regional).optional() });

const deletion = z.object({
  externalKey,
  expectedVersion: z.string().optional(),
  evenIfInUse: z
    .boolean()
    .nullish()
    .transform((given) => given ?? false),
});

export const isKey = (key: string): boolean => externalKey.safeParse(key).success;
export const checkNewItem = (input: object) => checked(newItem, input);
export const checkChanges = (input: object) => checked(changes, input, changesWithRegionalNames);
export const checkDeletion = (input: object) => checked(deletion, input);

function checked<T>(shape: z.ZodType<T>, input: object, shapeOfFaulty: z.ZodType = shape): Checked<T> {
  const { data } = shape.safeParse(input);
  if (data !== undefined) return { value: data };
  const issues = shapeOfFaulty.safeParse(input).error?.issues ?? [];
  return { faults: issues.map((issue) => ({ path: issue.path.map(String), message: messageOf(issue) })) };
}

/** GraphQL has checked the types already, except for null. */
const messageOf = ({ code, message }: z.core.$ZodIssue): string =>
  code === 'invalid_type' ? 'expected a value, got null: to change nothing, leave the member out' : message;
