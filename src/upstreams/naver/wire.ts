import { z } from 'zod';
import { toText } from '../../domain/text.ts';
import { toDate } from '../../domain/time.ts';
import { keyAt, type RowReader } from '../../http/rows.ts';
import { count, textOrNumber, translations } from '../../http/wire-values.ts';

const text = z.string().nullish();

/** Up to 36 characters, possibly digits only; blank means none. */
const key = textOrNumber.nullish();

/** A valid date, or blank or absent. */
const day = z
  .string()
  .refine((day) => toText(day) === null || toDate(day) !== null)
  .nullish();

/** Booleans are documented; other NAVER fields use Y and N. */
const yesOrNo = z
  .union([z.boolean(), z.string(), z.number()])
  .transform((flag) => String(flag).trim().toLowerCase())
  .pipe(z.enum(['true', 'y', '1', 'false', 'n', '0']))
  .transform((flag) => flag === 'true' || flag === 'y' || flag === '1');

/** Without a name the key is shown. */
const name = z
  .string()
  .refine((text) => toText(text) !== null)
  .optional();

/**
 * Some responses come in an envelope with `path` and `body`; the content is then the body. Source: NAVER, v1 API:
 * response example; v2 may pass such responses on.
 */
export function withoutEnvelope(value: unknown): unknown {
  const isEnvelope = typeof value === 'object' && value !== null && 'path' in value && 'body' in value;
  return isEnvelope ? value.body : value;
}

const item = z.object({
  externalKey: key,
  name,
  i18nNames: translations.nullish(),
  // The field table says String; the read samples have a number.
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
  // Documented for writes, and for a partner's list. An unreadable birthday does not invalidate the employee.
  birthYmd: text.catch(null),
  // NAVER's documents and its callers use different names; a response holds one of each pair.
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
    textOrNumber.refine((text) => toText(text) !== null),
  );
const keyOf = keyIn('externalKey');

/**
 * Source: NAVER, Job grade v2 and Job position v2: response example of the list search. Accepts rows without a key,
 * because their names count as taken.
 */
export const itemReaderOf = (resource: 'grade' | 'job'): RowReader<WireItem> => ({
  resource,
  schema: item,
  keyOf,
  essential: { externalKey: 'unreadable key' },
});

/** Source: NAVER, Employee v2: request body; a list row has the same fields and WORKPLACE's own keys. */
export const employeeReader: RowReader<WireEmployee> = {
  resource: 'employee',
  schema: employee,
  keyOf: (row) => keyOf(row) ?? keyIn('empId')(row),
  essential: {},
  uselessFor: ({ externalKey, empId, loginId, emailAddress, empNo }) => {
    const identifiers = [externalKey, empId, loginId, emailAddress, empNo];
    return identifiers.some((identifier) => toText(identifier) !== null) ? null : 'no key';
  },
};

/** A body as received. */
export const anyBody = z.unknown();

/** The response for one item, requested by key. */
export const wireItem = z.preprocess(withoutEnvelope, anyBody);

const list = z
  .object({ elements: z.array(z.unknown()).nullish(), totalCount: count })
  .transform(({ elements, totalCount }, context) => {
    if (elements == null && totalCount !== 0) context.addIssue({ code: 'custom', path: ['elements'] });
    return { elements: elements ?? [], totalCount: totalCount ?? null };
  });

/** One page of any list. An empty list can be null. The page can come in an envelope, or consist of the rows alone. */
export const listWire = z.preprocess((value) => {
  const body = withoutEnvelope(value);
  const isWrapped = typeof body === 'object' && body !== null && 'data' in body && !('elements' in body);
  const inner = isWrapped ? body.data : body;
  return Array.isArray(inner) ? { elements: inner } : inner;
}, list);
