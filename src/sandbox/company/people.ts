import { randomDate } from './calendar.ts';
import { cast } from './cast.ts';
import { type Identity, identityOf } from './identity-cases.ts';
import { type FullName, inventName, localPart } from './names.ts';
import type { Random } from './random.ts';
import { spread } from './spread.ts';

type CareerKind =
  | 'promoted'
  | 'steady'
  | 'promotion-planned'
  | 'fixed-term'
  | 'rehired'
  | 'deactivated'
  | 'upcoming'
  | 'unplaced'
  | 'never-employed';

/** One person, independent of the records in the systems. */
export type Person = FullName & {
  /** Counts from 1. */
  number: number;
  isRegular: boolean;
  isCrew: boolean;
  /** Unique, in contrast to the mailbox. */
  loginName: string;
  mailbox: string;
  identity: Identity;
  career: CareerKind;
  hiredOn: string;
};

const careerKindOf = spread<CareerKind>([
  [16, 'promoted'],
  [17, 'steady'],
  [2, 'promotion-planned'],
  [2, 'fixed-term'],
  [2, 'rehired'],
  [4, 'deactivated'],
  [2, 'upcoming'],
  [1, 'unplaced'],
  [1, 'never-employed'],
]);

/** The cast first, then invented people up to the given number. */
export function createPeople(count: number, random: Random): Person[] {
  const timesTaken = new Map<string, number>();

  function uniqueLoginName(name: FullName): string {
    const wanted = localPart(name);
    const times = (timesTaken.get(wanted) ?? 0) + 1;
    timesTaken.set(wanted, times);
    return times === 1 ? wanted : `${wanted}${times}`;
  }

  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const member = cast[index];
    const trait = { number, isRegular: member !== undefined };
    const { givenName, familyName, nativeNames } = member ?? inventName(number, random);
    const loginName = uniqueLoginName({ givenName, familyName, nativeNames });
    const career = careerKindOf(trait);
    return {
      ...trait,
      givenName,
      familyName,
      nativeNames,
      isCrew: member?.isCrew ?? false,
      loginName,
      mailbox: member?.mailbox ?? loginName,
      identity: member?.identity ?? identityOf(trait),
      career,
      // Far in the future, so that nobody's status changes during the life of the sandbox.
      hiredOn: career === 'upcoming' ? randomDate(random, 2090, 2094) : randomDate(random, 1998, 2021),
    };
  });
}
