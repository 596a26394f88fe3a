/** Trimmed text, or null for what is blank or absent: upstreams send '', '  ' and null for "not set". */
export function toText(value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}

/** How addresses are compared: trimmed and case-folded. */
export const foldEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase();

const longestEmail = 320;

/** Trimmed, or null for a text that is no e-mail address. */
export function toEmailAddress(text: string): string | null {
  const address = text.trim();
  return /^[^\s@<>]+@[^\s@<>]+$/.test(address) && address.length <= longestEmail ? address : null;
}
