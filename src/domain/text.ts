/** Trimmed text, or null if blank or absent: upstreams send '', '  ' and null for "not set". */
export function toText(value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}

/** Returns one string object for equal texts. */
export type Sharing = <T extends string | null>(text: T) => T | string;

/**
 * Deduplicates strings within one reading of a list. Thousands of rows repeat the same few names, keys and dates, and
 * each copy would stay in memory as long as its row.
 */
export function createSharing(): Sharing {
  const texts = new Map<string, string>();
  return (text) => {
    if (text === null) return text;
    const earlier = texts.get(text);
    if (earlier === undefined) texts.set(text, text);
    return earlier ?? text;
  };
}

const longestEmail = 320;

/** The trimmed address, or null if the text is no e-mail address. */
export function toEmailAddress(text: string): string | null {
  const address = text.trim();
  return /^[^\s@<>]+@[^\s@<>]+$/.test(address) && address.length <= longestEmail ? address : null;
}
