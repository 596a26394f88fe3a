import { toLocale } from '../domain/locale.ts';

/** The language that the caller likes best (RFC 9110, section 12.5.4), as a canonical tag; null without a preference. */
export function preferredLocale(acceptLanguage: string | null): string | null {
  const ranges = (acceptLanguage ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((it) => it.trim());
    const quality = Number(parameters.find((it) => it.startsWith('q='))?.slice(2) ?? 1);
    return { locale: tag === '' || tag === '*' ? null : toLocale(tag), quality: Number.isNaN(quality) ? 0 : quality };
  });
  const best = ranges
    .filter((it) => it.locale !== null && it.quality > 0)
    .reduce<(typeof ranges)[number] | null>((top, it) => (top === null || it.quality > top.quality ? it : top), null);
  return best?.locale ?? null;
}
