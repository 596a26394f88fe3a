/** A text in one language; `locale` is a canonical BCP 47 tag. */
export type LocalizedText = { locale: string; text: string };

const maxKnownTags = 1_000;
const longestKnownTag = 35;
const knownTags = new Map<string, string | null>();

/**
 * The canonical BCP 47 form of a tag in any upstream's spelling (ko_KR, fr-FR, FR); null if it is no language tag.
 * Every record of a directory repeats the same few tags, so each tag is stored once in memory.
 */
export function toLocale(tag: string): string | null {
  let locale = knownTags.get(tag);
  if (locale === undefined) {
    locale = canonicalTag(tag);
    if (knownTags.size < maxKnownTags && tag.length <= longestKnownTag) knownTags.set(tag, locale);
  }
  return locale;
}

function canonicalTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/** An upstream's translations, sorted by locale, without blank texts and without keys that are no language tags. */
export function toLocalizedTexts(translations: Record<string, string | null | undefined>): LocalizedText[] {
  const texts = new Map<string, string>();
  for (const [tag, text] of Object.entries(translations)) {
    const locale = toLocale(tag);
    if (locale !== null && text != null && text.trim() !== '') texts.set(locale, text);
  }
  return [...texts]
    .map(([locale, text]) => ({ locale, text }))
    .sort((a, b) => (a.locale < b.locale ? -1 : a.locale > b.locale ? 1 : 0));
}

/** The text with this tag, else one in the same language (preferably in the same script), else the invariant text. */
export function textIn(locale: string | null | undefined, texts: readonly LocalizedText[], invariant: string): string {
  return translationIn(locale, texts) ?? invariant;
}

/** Like `textIn`, but null if no translation matches. */
export function translationIn(locale: string | null | undefined, texts: readonly LocalizedText[]): string | null {
  if (locale == null || texts.length === 0) return null;
  const exact = texts.find((text) => text.locale === locale);
  if (exact !== undefined) return exact.text;
  const wanted = new Intl.Locale(locale).maximize();
  const sameLanguage = texts.filter((text) => new Intl.Locale(text.locale).language === wanted.language);
  const sameScript = sameLanguage.find((text) => new Intl.Locale(text.locale).maximize().script === wanted.script);
  return (sameScript ?? sameLanguage[0])?.text ?? null;
}
