import { type ZodType, z } from 'zod';
import { keyAt, type RowReader } from '../../http/rows.ts';
import { count, key, object, textOrNumber, translations, wholeNumber } from '../../http/wire-values.ts';

const text = z.string().nullish();
const title = z.string().trim().min(1).optional();
const t9n = object({ title: translations.nullish() }).nullish();

/** A reference to another row; the id is required. */
const reference = object({ id: key }).nullish();

/** A reference that Lucca computes. Without a target Lucca sends `{}` or leaves it out. */
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
  // An unreadable birthday does not invalidate the employee.
  birthDay: object({ day: wholeNumber, month: wholeNumber }).nullish().catch(null),
  applicableJobPosition: computedReference,
  applicableEmployment: computedReference,
});

/** The graph promises a rank for every job qualification; 32 bits, as Lucca documents it. */
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

/** Makes the reader of one resource. `essential`: required members, each with the reason to report if it is missing. */
export const readerOf = <Row>(resource: string, schema: ZodType<Row>, essential: Record<string, string> = {}) =>
  ({ resource, schema, keyOf: keyAt('id', key), essential: { id: 'no id', ...essential } }) satisfies RowReader<Row>;

export const employeeReader = readerOf('employees', employee);
export const jobPositionReader = readerOf('job-positions', jobPosition);
export const employmentReader = readerOf('employments', employment);
export const jobQualificationReader = readerOf('job-qualifications', jobQualification, { rank: 'no rank' });
export const professionReader = readerOf('professions', profession);

/** Embedded resources are best effort: one that does not fit counts as not embedded, and is fetched by id. */
const embeddedById = <Row>(row: ZodType<Row>) => z.record(z.string(), row.nullable().catch(null)).nullish().catch(null);

const embedded = z
  .object({ 'job-position': embeddedById(jobPosition), employment: embeddedById(employment) })
  .nullish()
  .catch(null);

/**
 * One page of any list. `links`, `totalCount` and `embedded` are absent, null or empty unless they were requested; an
 * empty list can come as null.
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
