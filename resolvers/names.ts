import type { Employee } from '../src/domain/employee.ts';
import { naverKeyOf } from '../src/domain/people.ts';

/** The leading record's name; never empty: else the e-mail, else the upstream's identifier. */
export function displayNameOf({ leads, record }: Employee): string {
  switch (leads) {
    case 'LUCCA':
      return joined(record.givenName, record.familyName) ?? record.email ?? record.luccaId;
    case 'NAVER':
      return record.name ?? record.email ?? naverKeyOf(record) ?? record.loginId ?? '?';
    case 'CTRL_HUB':
      // Half a name is not shown, as in Ctrl Hub itself.
      return (
        (record.firstName && record.lastName && joined(record.firstName, record.lastName)) ||
        record.email ||
        record.ctrlHubId
      );
  }
}

export function givenNameOf({ leads, record }: Employee): string | null {
  if (leads === 'LUCCA') return record.givenName;
  return leads === 'CTRL_HUB' ? record.firstName : null;
}

/** NAVER keeps one name, unsplit. */
export function familyNameOf({ leads, record }: Employee): string | null {
  if (leads === 'LUCCA') return record.familyName;
  return leads === 'CTRL_HUB' ? record.lastName : null;
}

function joined(given: string | null, family: string | null): string | null {
  const name = [given, family].filter((it) => it !== null && it !== '').join(' ');
  return name === '' ? null : name;
}
