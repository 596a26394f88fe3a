import type { EmployeeStatus, LuccaEmployee } from '../../domain/people.ts';
import { foldEmail } from '../../domain/text.ts';
import { InputError } from '../../errors.ts';
import { isAskable, isAskableEmail, maxValues, toList } from './list-filter.ts';
import type { Parameter } from './lists.ts';

/** Conditions are ANDed, values of one condition are ORed; an empty list of values matches no one. */
export type LuccaEmployeesFilter = {
  /** Words that start the given or the family name. */
  search?: string;
  status?: readonly EmployeeStatus[];
  ids?: readonly string[];
  /** Lucca compares them strictly, case included. */
  emails?: readonly string[];
  /** Of the applicable job position. */
  jobQualificationIds?: readonly string[];
};

/** Lucca's query parameters for our lists of values. */
export const listParameters = {
  status: 'status',
  ids: 'id',
  emails: 'email',
  jobQualificationIds: 'applicableJobPosition.jobQualification.id',
} as const;

/** Encoded characters of all filters of one request, which leaves room for a page and an access token in 8 KB. */
const maxLength = 5_000;

/**
 * The filter as Lucca's query parameters, or null where it can match no one.
 * Throws InputError for more than one request can carry: 100 values of a kind, or 5,000 encoded characters in all.
 */
export function toParameters(filter: LuccaEmployeesFilter): Parameter[] | null {
  const parameters: Parameter[] = [];
  const search = filter.search?.trim() ?? '';
  if (hasWord(search)) parameters.push(['search', encodeURIComponent(search.toWellFormed())]);
  for (const list of ['status', 'ids', 'emails', 'jobQualificationIds'] as const) {
    const askable = askableValues(filter, list);
    if (askable === undefined) continue;
    if (askable.length === 0) return null;
    if (askable.length > maxValues) {
      throw new InputError(`At most ${maxValues} values of filter.${list} fit one page query, not ${askable.length}.`);
    }
    parameters.push([listParameters[list], toList(askable)]);
  }
  const length = parameters.reduce((sum, [, value]) => sum + value.length, 0);
  if (length > maxLength) {
    throw new InputError(`The filter takes ${length} characters of ${maxLength} that fit one request: ask for less.`);
  }
  return parameters;
}

/** The values of one list that Lucca can be asked for, each once, as it spells them. */
export function askableValues(filter: LuccaEmployeesFilter, list: keyof typeof listParameters): string[] | undefined {
  const values = list === 'status' ? filter.status?.map((it) => it.toLowerCase()) : filter[list];
  return values && [...new Set(values.filter(list === 'emails' ? isAskableEmail : isAskable))];
}

/** Words end at a space, hyphen, underscore, comma or full stop (Lucca docs: get employees); none is no condition. */
const hasWord = (search: string): boolean => /[^\s\-_,.]/.test(search);

/**
 * Whether an employee is one of those asked for: a server that does not know a filter ignores it and sends everybody.
 * The search is left to Lucca, and so is the job qualification of an employee whose job position did not come along.
 */
export function matches(filter: LuccaEmployeesFilter): (employee: LuccaEmployee) => boolean {
  const ids = filter.ids && new Set(filter.ids);
  const emails = filter.emails && new Set(filter.emails.map(foldEmail));
  const statuses = filter.status && new Set(filter.status);
  const jobQualificationIds = filter.jobQualificationIds && new Set(filter.jobQualificationIds);
  return ({ luccaId, email, status, jobPosition }) =>
    (ids?.has(luccaId) ?? true) &&
    (emails === undefined || (email !== null && emails.has(foldEmail(email)))) &&
    (statuses === undefined || (status !== null && statuses.has(status))) &&
    (jobQualificationIds === undefined || mayHold(jobPosition, jobQualificationIds));
}

function mayHold(position: LuccaEmployee['jobPosition'], qualificationIds: ReadonlySet<string>): boolean {
  if (position === null) return false;
  if (position.value === null) return true;
  return position.value.jobQualificationId !== null && qualificationIds.has(position.value.jobQualificationId);
}
