import { z } from 'zod';

const text = z.string().nullish();
const translations = z.record(z.string(), text).nullish();

/**
 * Some answers come in an envelope with `path` and `body`: the answer is then the body.
 * Source: NAVER, v1 API: response example; v2 may pass such answers on.
 */
export function withoutEnvelope(value: unknown): unknown {
  const isEnvelope = typeof value === 'object' && value !== null && 'path' in value && 'body' in value;
  return isEnvelope ? value.body : value;
}

const item = z.object({
  externalKey: text,
  name: text,
  i18nNames: translations,
  // The field table says String, the read samples show a number.
  sortOrder: z.union([z.number(), z.string()]).nullish(),
  itemUsed: z.boolean().nullish(),
});

const employee = z.object({
  externalKey: text,
  empId: text,
  loginId: text,
  emailAddress: text,
  name: text,
  i18nNames: translations,
  employYmd: text,
  empNo: z.union([z.string(), z.number()]).nullish(),
  // NAVER's documents and its callers disagree on these two names; an answer holds one of each pair.
  gradeExternalKey: text,
  gradeCdExternalKey: text,
  jobExternalKey: text,
  jobCdExternalKey: text,
});

export type WireItem = z.infer<typeof item>;
export type WireEmployee = z.infer<typeof employee>;

/** NAVER, Job grade v2 and Job position v2: response example of the search. */
export const wireItem = z.preprocess(withoutEnvelope, item);

/** NAVER, Job grade v2 and Job position v2: response example of the list search. */
export const wireItemList = listOf(item);

/** NAVER, Employee v2: request body; a list row holds the same fields and WORKPLACE's own keys. */
export const wireEmployeeList = listOf(employee);

function listOf<Row>(row: z.ZodType<Row>) {
  return z.preprocess(withoutEnvelope, z.object({ elements: z.array(row), totalCount: z.number().nullish() }));
}
