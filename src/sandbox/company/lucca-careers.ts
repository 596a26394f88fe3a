import { randomDate, yearOf } from './calendar.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

/** An employment, and the days on which its job-positions start: the first on the first day, each later than the one before. */
type Employment = { startsOn: string; endsOn: string | null; positionsStartOn: string[] };

/** Promotions end early enough for whatever follows them to be over as well. */
const LAST_PROMOTION_YEAR = 2024;

/** A person's employments in order, none overlapping another. */
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

/** Some day of that later year, hence after the given one. */
function yearsAfter(date: string, years: number, random: Random): string {
  return randomDate(random, yearOf(date) + years);
}
