/** Trimmed text, or null for what is blank or absent: upstreams send '', '  ' and null for "not set". */
export function toText(value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}

/** Gives equal texts as one object. */
export type Sharing = <T extends string | null>(text: T) => T | string;

/**
 * For one read of a list: thousands of rows repeat the same few names, keys and dates, and each repetition would be
 * kept for as long as its row.
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

/** Trimmed, or null for a text that is no e-mail address. */
export function toEmailAddress(text: string): string | null {
  const address = text.trim();
  return /^[^\s@<>]+@[^\s@<>]+$/.test(address) && address.length <= longestEmail ? address : null;
}
