/** Whether a text is a valid date in Lucca's form, `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(text);
  return !Number.isNaN(instant.getTime()) && dateOf(instant) === text;
}

/** The UTC date of an instant. */
export const dateOf = (instant: Date): string => instant.toISOString().slice(0, 10);

export const dayBefore = (date: string): string => dateOf(new Date(Date.parse(date) - 86_400_000));
