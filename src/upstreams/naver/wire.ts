import { z } from 'zod';
import { toText } from '../../domain/text.ts';
import { toDate } from '../../domain/time.ts';
import { keyAt, type RowReader } from '../../http/rows.ts';
import { count, textOrNumber, translations } from '../../http/wire-values.ts';

const text = z.string().nullish();

/** Of 36 letters, which may be digits only; blank for none. */
const key = textOrNumber.nullish();

/** A day of the calendar, or nothing; in no other form. */
const day = z
  .string()
  .refine((it) => toText(it) === null || toDate(it) !== null)
  .nullish();

/** Booleans are documented; others of NAVER's fields are Y or N. */
const yesOrNo = z
  .union([z.boolean(), z.string(), z.number()])
  .transform((it) => String(it).trim().toLowerCase())
  .pipe(z.enum(['true', 'y', '1', 'false', 'n', '0']))
  .transform((it) => it === 'true' || it === 'y' || it === '1');

/** What is shown in place of a name is the key. */
const name = z
  .string()
  .refine((it) => toText(it) !== null)
  .optional();

/**
 * Some answers come in an envelope with `path` and `body`: the answer is then the body.
 * Source: NAVER, v1 API: response example; v2 may pass such answers on.
 */
export function withoutEnvelope(value: unknown): unknown {
  const isEnvelope = typeof value === 'object' && value !== null && 'path' in value && 'body' in value;
  return isEnvelope ? value.body : value;
}

const item = z.object({
  externalKey: key,
  name,
  i18nNames: translations.nullish(),
  // The field table says String, the read samples show a number.
  sortOrder: z.union([z.number(), z.string()]).nullish(),
  itemUsed: yesOrNo.optional(),
});

const employee = z.object({
  externalKey: key,
  empId: key,
  loginId: text,
  emailAddress: text,
  name: text,
  i18nNames: translations.nullish(),
  employYmd: day,
  empNo: key,
  // NAVER's documents and its callers disagree on these two names; an answer holds one of each pair.
  gradeExternalKey: key,
  gradeCdExternalKey: key,
  jobExternalKey: key,
  jobCdExternalKey: key,
});

export type WireItem = z.infer<typeof item>;
export type WireEmployee = z.infer<typeof employee>;

const keyIn = (member: string) =>
  keyAt(
    member,
    textOrNumber.refine((it) => toText(it) !== null),
  );
const keyOf = keyIn('externalKey');

/** NAVER, Job grade v2 and Job position v2: response example of the list search. Without a key, too: names are taken. */
export const itemReaderOf = (resource: 'grade' | 'job'): RowReader<WireItem> => ({
  resource,
  schema: item,
  keyOf,
  essential: { externalKey: 'unreadable key' },
});

/** NAVER, Employee v2: request body; a list row holds the same fields and WORKPLACE's own keys. */
export const employeeReader: RowReader<WireEmployee> = {
  resource: 'employee',
  schema: employee,
  keyOf: (row) => keyOf(row) ?? keyIn('empId')(row),
  essential: {},
  uselessFor: ({ externalKey, empId, loginId, emailAddress, empNo }) => {
    const namesSomebody = [externalKey, empId, loginId, emailAddress, empNo].some((it) => toText(it) !== null);
    return namesSomebody ? null : 'no key';
  },
};

/** A body as it came. */
export const anyBody = z.unknown();

/** One item, which is asked for by its key. */
export const wireItem = z.preprocess(withoutEnvelope, anyBody);

const list = z
  .object({ elements: z.array(z.unknown()).nullish(), totalCount: count })
  .transform(({ elements, totalCount }, context) => {
    if (elements == null && totalCount !== 0) context.addIssue({ code: 'custom', path: ['elements'] });
    return { elements: elements ?? [], totalCount: totalCount ?? null };
  });

/** One page of any list; an empty one may be null. It may come in an envelope, or be nothing but its rows. */
export const listWire = z.preprocess((value) => {
  const body = withoutEnvelope(value);
  const isWrapped = typeof body === 'object' && body !== null && 'data' in body && !('elements' in body);
  const inner = isWrapped ? body.data : body;
  return Array.isArray(inner) ? { elements: inner } : inner;
}, list);
