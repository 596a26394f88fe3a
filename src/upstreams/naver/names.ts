import { type LocalizedText, toLocale } from '../../domain/locale.ts';
import { isRegional } from '../../domain/writes.ts';

export type WireNames = Record<string, string>;

/** Null and absent texts are the same as no entry; everything else is kept as it came, odd keys included. */
export function toWireNames(translations: Record<string, string | null | undefined> | null | undefined): WireNames {
  const entries = Object.entries(translations ?? {});
  return Object.fromEntries(entries.flatMap(([key, text]) => (text == null ? [] : [[key, text]])));
}

/**
 * `current` with the texts in place of what it has for their locales; an empty text takes the locale out. `unmapped` are
 * the locales for which NAVER has no form, or that say the same as another one given.
 */
export function mergeNames(
  current: WireNames,
  texts: readonly LocalizedText[],
): { names: WireNames; unmapped: string[] } {
  const merged = { ...current };
  const given = new Set<string>();
  const unmapped: string[] = [];
  for (const { locale, text } of texts) {
    const key = wireKeyOf(locale, Object.keys(current));
    if (key === null || given.has(key)) {
      unmapped.push(locale);
      continue;
    }
    given.add(key);
    for (const other of Object.keys(merged)) if (toLocale(other) === toLocale(key)) delete merged[other];
    if (text.trim() !== '') merged[key] = text;
  }
  return { names: merged, unmapped };
}

/**
 * NAVER's samples spell locales as Java does: ko_KR (NAVER, Job grade v2: request example). A spelling that the object
 * already has is kept. A language alone means the one entry in that language.
 */
function wireKeyOf(locale: string, keys: readonly string[]): string | null {
  const same = keys.find((key) => toLocale(key) === locale);
  if (same !== undefined) return same;
  if (isRegional(locale)) return locale.replace('-', '_');
  const ofLanguage = keys.filter((key) => toLocale(key)?.split('-')[0] === locale);
  return ofLanguage.length === 1 ? (ofLanguage[0] ?? null) : null;
}
