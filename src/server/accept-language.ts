import Negotiator from 'negotiator';
import { toLocale } from '../domain/locale.ts';

/** The caller's preferred language (RFC 9110, section 12.5.4), as a canonical tag; null without a preference. */
export function preferredLocale(acceptLanguage: string | null): string | null {
  if (acceptLanguage === null) return null;
  const ranges = new Negotiator({ headers: { 'accept-language': acceptLanguage } }).languages();
  const locales = ranges.map((range) => (range === '*' ? null : toLocale(range)));
  return locales.find((locale) => locale !== null) ?? null;
}
