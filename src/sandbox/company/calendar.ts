import type { Random } from './random.ts';

/** A date (yyyy-MM-dd) in the given years, inclusive. At most the 28th, so that its anniversary always exists. */
export function randomDate(random: Random, firstYear: number, lastYear = firstYear): string {
  return `${random.between(firstYear, lastYear)}-${twoDigits(random.between(1, 12))}-${twoDigits(random.between(1, 28))}`;
}

/** A UTC date-time in the given years, with the given number of fraction digits (0: no decimal point either). */
export function randomInstant(random: Random, firstYear: number, lastYear: number, fractionDigits: number): string {
  const time = [random.below(24), random.below(60), random.below(60)].map(twoDigits).join(':');
  const fraction = Array.from({ length: fractionDigits }, () => random.below(10)).join('');
  return `${randomDate(random, firstYear, lastYear)}T${time}${fraction && `.${fraction}`}Z`;
}

export function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
