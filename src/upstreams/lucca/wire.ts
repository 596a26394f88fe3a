import { type ZodType, z } from 'zod';
import { keyAt, type RowReader } from '../../http/rows.ts';
import { count, key, object, textOrNumber, translations, wholeNumber } from '../../http/wire-values.ts';

const text = z.string().nullish();
const title = z.string().trim().min(1).optional();
const t9n = object({ title: translations.nullish() }).nullish();

/** Without an id it is a reference to something unknown. */
const reference = object({ id: key }).nullish();

/** Lucca computes it, and sends `{}` where there is nothing to refer to, or leaves it out. */
const computedReference = object({ id: key.nullish() }).nullish();

const jobPosition = object({ id: key, jobTitle: text, jobQualification: reference });

/** `startsOn` is the older name of `start.date`. */
const employment = object({ id: key, start: object({ date: text }).nullish(), startsOn: text });

const employee = object({
  id: key,
  remoteId: textOrNumber.nullish(),
  givenName: text,
  familyName: text,
  email: text,
  employeeNumber: textOrNumber.nullish(),
  status: z.enum(['active', 'upcoming', 'deactivated']).nullish(),
  createdAt: text,
  // Whoever cannot be compared by it is somebody all the same.
  birthDay: object({ day: wholeNumber, month: wholeNumber }).nullish().catch(null),
  applicableJobPosition: computedReference,
  applicableEmployment: computedReference,
});

/** A rank is what the graph promises of every job qualification: 32 bits, as Lucca documents it. */
const jobQualification = object({
  id: key,
  title,
  rank: wholeNumber.pipe(z.int32()),
  profession: reference,
  t9n,
  createdAt: text,
  lastUpdatedAt: text,
});

const profession = object({ id: key, title, isArchived: z.boolean().nullish(), t9n });

/** Rows of one resource. `essential`: what a row cannot do without, and what to say where it is missing. */
export const readerOf = <Row>(resource: string, schema: ZodType<Row>, essential: Record<string, string> = {}) =>
  ({ resource, schema, keyOf: keyAt('id', key), essential: { id: 'no id', ...essential } }) satisfies RowReader<Row>;

export const employeeReader = readerOf('employees', employee);
export const jobPositionReader = readerOf('job-positions', jobPosition);
export const employmentReader = readerOf('employments', employment);
export const jobQualificationReader = readerOf('job-qualifications', jobQualification, { rank: 'no rank' });
export const professionReader = readerOf('professions', profession);

/** Embedded resources are best effort: what does not fit counts as not embedded, and is asked for by its id. */
const embeddedById = <Row>(row: ZodType<Row>) => z.record(z.string(), row.nullable().catch(null)).nullish().catch(null);

const embedded = z
  .object({ 'job-position': embeddedById(jobPosition), employment: embeddedById(employment) })
  .nullish()
  .catch(null);

/**
 * One page of any list. `links`, `totalCount` and `embedded` are absent, null or empty where they were not asked for;
 * an empty list may come as null.
 */
export const listWire = z
  .object({
    items: z.array(z.unknown()).nullish(),
    totalCount: count,
    links: object({ next: object({ href: text }).nullish() }).nullish(),
    embedded,
  })
  .transform(({ items, ...rest }, context) => {
    if (items == null && rest.totalCount !== 0) context.addIssue({ code: 'custom', path: ['items'] });
    return { ...rest, items: items ?? [] };
  });

export type JobPositionWire = z.infer<typeof jobPosition>;
export type EmploymentWire = z.infer<typeof employment>;
export type EmployeeWire = z.infer<typeof employee>;
export type JobQualificationWire = z.infer<typeof jobQualification>;
export type ProfessionWire = z.infer<typeof profession>;
export type EmbeddedWire = z.infer<typeof embedded>;
