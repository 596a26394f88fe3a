import { normalEmail } from '../src/directory/normal-form.ts';
import type { Employee } from '../src/domain/employee.ts';
import type { RecordNames } from '../src/domain/people-source.ts';
import { leadOf } from '../src/domain/person.ts';
import { emailOfRecord, keyOfRecord, namesOfRecord, showsHalfNames } from '../src/loaders/people-sources.ts';

const leadingNames = (employee: Employee): RecordNames => namesOfRecord(employee.leads, leadOf(employee));

/** The leading record's name, else its e-mail address, else its identifier; never empty. */
export function displayNameOf(employee: Employee): string {
  const { given, family, full } = leadingNames(employee);
  const isWhole = given !== null && family !== null;
  const name = full ?? (isWhole || showsHalfNames(employee.leads) ? joined(given, family) : null);
  return name ?? emailOf(employee) ?? keyOfRecord(employee.leads, leadOf(employee)) ?? employee.id;
}

/** The leading record's address as spelled there; null for a text that is no address. */
export function emailOf(employee: Employee): string | null {
  const email = emailOfRecord(employee.leads, leadOf(employee));
  return normalEmail(email) === null ? null : email;
}

export const givenNameOf = (employee: Employee): string | null => leadingNames(employee).given;

export const familyNameOf = (employee: Employee): string | null => leadingNames(employee).family;

function joined(given: string | null, family: string | null): string | null {
  const name = [given, family].filter((part) => part !== null && part !== '').join(' ');
  return name === '' ? null : name;
}
