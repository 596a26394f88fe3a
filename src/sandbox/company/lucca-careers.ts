import { randomDate, yearOf } from './calendar.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

/** An employment, and the start dates of its job positions in ascending order. The first is the start of the employment. */
type Employment = { startsOn: string; endsOn: string | null; positionsStartOn: string[] };

/** Promotions end early enough that everything after them is in the past too. */
const LAST_PROMOTION_YEAR = 2024;

/** A person's employments in order, without overlap. */
export function careerOf({ career, hiredOn }: Person, random: Random): Employment[] {
  const lasting = { startsOn: hiredOn, endsOn: null };
  switch (career) {
    case 'promoted':
      return [{ ...lasting, positionsStartOn: withPromotions(hiredOn, random.between(1, 3), random) }];
    case 'steady':
    case 'upcoming':
      return [{ ...lasting, positionsStartOn: [hiredOn] }];
    case 'promotion-planned':
      return [{ ...lasting, positionsStartOn: [hiredOn, randomDate(random, 2091, 2095)] }];
    case 'fixed-term':
      return [{ ...lasting, endsOn: randomDate(random, 2096, 2099), positionsStartOn: [hiredOn] }];
    case 'rehired': {
      const back = yearsAfter(hiredOn, 4, random);
      return [
        { startsOn: hiredOn, endsOn: yearsAfter(hiredOn, 2, random), positionsStartOn: [hiredOn] },
        { startsOn: back, endsOn: null, positionsStartOn: withPromotions(back, 1, random) },
      ];
    }
    case 'deactivated': {
      const positionsStartOn = withPromotions(hiredOn, random.between(0, 2), random);
      const endsOn = yearsAfter(positionsStartOn.at(-1) ?? hiredOn, 1, random);
      return [{ startsOn: hiredOn, endsOn, positionsStartOn }];
    }
    case 'unplaced':
      return [{ ...lasting, positionsStartOn: [] }];
    case 'never-employed':
      return [];
  }
}

function withPromotions(startsOn: string, promotions: number, random: Random): string[] {
  const days = [startsOn];
  for (let day = startsOn; days.length <= promotions; days.push(day)) {
    day = yearsAfter(day, random.between(1, 2), random);
    if (yearOf(day) > LAST_PROMOTION_YEAR) break;
  }
  return days;
}

/** A random day in the later year, and therefore after the given day. */
function yearsAfter(date: string, years: number, random: Random): string {
  return randomDate(random, yearOf(date) + years);
}
