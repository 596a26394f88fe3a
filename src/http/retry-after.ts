/** Retry-After in whole seconds, from either form: a number of seconds or an HTTP date (RFC 9110, section 10.2.3). */
export function retryAfterSeconds(headers: Headers, now: number = Date.now()): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value));
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** Replaces Retry-After, if present, by seconds up to `max`, so that callers see the time that we actually wait. */
export function withBoundedRetryAfter(headers: Headers, max: number): Headers {
  const seconds = retryAfterSeconds(headers);
  if (seconds !== undefined) headers.set('retry-after', String(Math.min(seconds, max)));
  return headers;
}
