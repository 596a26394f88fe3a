import { toLocalizedTexts } from '../../domain/locale.ts';
import type { JobQualification, Profession } from '../../domain/organisation.ts';
import type { EmployeeStatus, Employment, JobPosition, LuccaEmployee, Related } from '../../domain/people.ts';
import { createSharing, type Sharing, toText } from '../../domain/text.ts';
import { toBirthday, toDate, toUtcDateTime } from '../../domain/time.ts';
import { versionOf } from '../../domain/version.ts';
import type {
  EmbeddedWire,
  EmployeeWire,
  EmploymentWire,
  JobPositionWire,
  JobQualificationWire,
  ProfessionWire,
} from './wire.ts';

const statuses: ReadonlyMap<string, EmployeeStatus> = new Map([
  ['active', 'ACTIVE'],
  ['upcoming', 'UPCOMING'],
  ['deactivated', 'DEACTIVATED'],
]);

export function toEmployee(wire: EmployeeWire, embedded: EmbeddedWire, shared = createSharing()): LuccaEmployee {
  const positionId = wire.applicableJobPosition?.id;
  const employmentId = wire.applicableEmployment?.id;
  return {
    luccaId: wire.id,
    remoteId: toText(wire.remoteId),
    givenName: shared(toText(wire.givenName)),
    familyName: shared(toText(wire.familyName)),
    email: toText(wire.email),
    employeeNumber: toText(wire.employeeNumber),
    birthday: shared(wire.birthDay == null ? null : toBirthday(wire.birthDay.month, wire.birthDay.day)),
    status: statuses.get(wire.status ?? '') ?? null,
    createdAt: toUtcDateTime(wire.createdAt),
    jobPosition: positionId == null ? null : related(positionId, embedded?.['job-position'], shared, wholeJobPosition),
    employment: employmentId == null ? null : related(employmentId, embedded?.employment, shared, wholeEmployment),
  };
}

export const toJobPosition = (wire: JobPositionWire, shared: Sharing = createSharing()): JobPosition => ({
  luccaId: shared(wire.id),
  jobTitle: shared(toText(wire.jobTitle)),
  jobQualificationId: shared(wire.jobQualification?.id ?? null),
});

export const toEmployment = (wire: EmploymentWire, shared: Sharing = createSharing()): Employment => ({
  luccaId: shared(wire.id),
  startsOn: shared(toDate(wire.start?.date ?? wire.startsOn)),
});

/** A job qualification without a title gets its id as title. */
export function toJobQualification(wire: JobQualificationWire): JobQualification {
  const { title = wire.id, rank } = wire;
  const professionId = wire.profession?.id ?? null;
  const titles = toLocalizedTexts(wire.t9n?.title ?? {});
  const createdAt = toUtcDateTime(wire.createdAt);
  const updatedAt = toUtcDateTime(wire.lastUpdatedAt);
  return {
    luccaId: wire.id,
    title,
    titles,
    rank,
    professionId,
    createdAt,
    updatedAt,
    version: versionOf({ title, professionId, rank, titles, createdAt, updatedAt }),
  };
}

/** A profession without a title gets its id as title. */
export const toProfession = (wire: ProfessionWire): Profession => ({
  luccaId: wire.id,
  title: wire.title ?? wire.id,
  titles: toLocalizedTexts(wire.t9n?.title ?? {}),
  isArchived: wire.isArchived ?? false,
});

function related<Wire, T>(
  id: string,
  embedded: Record<string, Wire | null> | null | undefined,
  shared: Sharing,
  toWhole: (wire: Wire, shared: Sharing) => T | null,
): Related<T> {
  const wire = embedded?.[id];
  return { id: shared(id), value: wire == null ? null : toWhole(wire, shared) };
}

/** An embedded resource can be partial: a missing member is unknown, while null means "has none". */
const wholeJobPosition = (wire: JobPositionWire, shared: Sharing): JobPosition | null =>
  wire.jobTitle === undefined || wire.jobQualification === undefined ? null : toJobPosition(wire, shared);

const wholeEmployment = (wire: EmploymentWire, shared: Sharing): Employment | null =>
  wire.start === undefined && wire.startsOn === undefined ? null : toEmployment(wire, shared);
