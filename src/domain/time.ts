const dateTime = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;
const date = /^\d{4}-\d{2}-\d{2}$/;

/** RFC 3339 in UTC with the upstream's fractional digits; null for blank, absent or impossible values. */
export function toUtcDateTime(text: string | null | undefined): string | null {
  const match = text == null ? null : dateTime.exec(text.trim());
  if (match === null || toDate(match[1]) === null) return null;
  const milliseconds = Date.parse(match[0]);
  if (Number.isNaN(milliseconds)) return null;
  return match[3]?.toUpperCase() === 'Z' ? match[0].toUpperCase() : new Date(milliseconds).toISOString();
}

/** YYYY-MM-DD of an existing day; null for blank, absent or impossible values. */
export function toDate(text: string | null | undefined): string | null {
  const day = text?.trim() ?? '';
  return date.test(day) && exists(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))) ? day : null;
}

/** `--MM-DD` of a day that exists in some year; null for any other. */
export function toBirthday(month: number, day: number): string | null {
  const leapYear = 2000;
  const twoDigits = (part: number): string => String(part).padStart(2, '0');
  return exists(leapYear, month, day) ? `--${twoDigits(month)}-${twoDigits(day)}` : null;
}

/** `--MM-DD` of a date; null for null. */
export const birthdayIn = (day: string | null): string | null => (day === null ? null : `-${day.slice(4)}`);

/** Computed without parsing, for speed: every row of every list has dates. */
function exists(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}
