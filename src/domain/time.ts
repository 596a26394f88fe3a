const dateTime = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;
const date = /^\d{4}-\d{2}-\d{2}$/;

/** RFC 3339 in UTC with the digits that the upstream sent; null for blank, absent or impossible values. */
export function toUtcDateTime(text: string | null | undefined): string | null {
  const match = text == null ? null : dateTime.exec(text.trim());
  if (match === null || toDate(match[1]) === null) return null;
  const milliseconds = Date.parse(match[0]);
  if (Number.isNaN(milliseconds)) return null;
  return match[3]?.toUpperCase() === 'Z' ? match[0].toUpperCase() : new Date(milliseconds).toISOString();
}

/** YYYY-MM-DD of a day that exists; null for blank, absent or impossible values. */
export function toDate(text: string | null | undefined): string | null {
  const day = text?.trim() ?? '';
  if (!date.test(day)) return null;
  const parsed = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : null;
}
