import { type LocalizedText, toLocale } from '../../domain/locale.ts';
import { isRegional } from '../../domain/writes.ts';

export type WireNames = Record<string, string>;

/** Drops null and absent texts; keeps everything else as received, unusual keys included. */
export function toWireNames(translations: Record<string, string | null | undefined> | null | undefined): WireNames {
  const entries = Object.entries(translations ?? {});
  return Object.fromEntries(entries.flatMap(([key, text]) => (text == null ? [] : [[key, text]])));
}

/**
 * Replaces the names in `current` for the given locales; an empty text removes the locale. `unmapped` lists the locales
 * without a NAVER form, and those that repeat an earlier one.
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
 * NAVER's samples write locales like Java: ko_KR (NAVER, Job grade v2: request example). A spelling that the object
 * already has is kept. A language without a country matches the only entry in that language.
 */
function wireKeyOf(locale: string, keys: readonly string[]): string | null {
  const same = keys.find((key) => toLocale(key) === locale);
  if (same !== undefined) return same;
  if (isRegional(locale)) return locale.replace('-', '_');
  const ofLanguage = keys.filter((key) => toLocale(key)?.split('-')[0] === locale);
  return ofLanguage.length === 1 ? (ofLanguage[0] ?? null) : null;
}
