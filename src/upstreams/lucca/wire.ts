import { type ZodType, z } from 'zod';

const id = z.string().min(1);
const text = z.string().nullish();
const title = z.string().trim().min(1);
const reference = z.object({ id }).nullish();
const t9n = z.object({ title: z.record(z.string(), text).nullish() }).nullish();

export const jobPositionWire = z.object({ id, jobTitle: text, jobQualification: reference });

/** `startsOn` is the older name of `start.date`. */
export const employmentWire = z.object({ id, start: z.object({ date: text }).nullish(), startsOn: text });

export const employeeWire = z.object({
  id,
  remoteId: text,
  givenName: text,
  familyName: text,
  email: text,
  employeeNumber: text,
  status: text,
  createdAt: text,
  applicableJobPosition: reference,
  applicableEmployment: reference,
});

export const jobQualificationWire = z.object({
  id,
  title,
  rank: z.int(),
  profession: reference,
  t9n,
  createdAt: text,
  lastUpdatedAt: text,
});

export const professionWire = z.object({ id, title, isArchived: z.boolean().nullish(), t9n });

/** Embedded resources are best effort: what does not fit counts as not embedded, and is asked for by its id. */
const embeddedById = <Row>(row: ZodType<Row>) => z.record(z.string(), row.nullable().catch(null)).nullish().catch(null);

export const embeddedWire = z
  .object({ 'job-position': embeddedById(jobPositionWire), employment: embeddedById(employmentWire) })
  .nullish()
  .catch(null);

/** One page of any list. `links`, `totalCount` and `embedded` are absent, null or empty where they were not asked for. */
export const listWire = <Row>(row: ZodType<Row>) =>
  z.object({
    items: z.array(row),
    totalCount: z.int().nonnegative().nullish(),
    links: z.object({ next: z.object({ href: text }).nullish() }).nullish(),
    embedded: embeddedWire,
  });

export type JobPositionWire = z.infer<typeof jobPositionWire>;
export type EmploymentWire = z.infer<typeof employmentWire>;
export type EmployeeWire = z.infer<typeof employeeWire>;
export type JobQualificationWire = z.infer<typeof jobQualificationWire>;
export type ProfessionWire = z.infer<typeof professionWire>;
export type EmbeddedWire = z.infer<typeof embeddedWire>;
