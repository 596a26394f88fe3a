/** Trimmed text, or null for what is blank or absent: upstreams send '', '  ' and null for "not set". */
export function toText(value: string | null | undefined): string | null {
  const text = value?.trim() ?? '';
  return text === '' ? null : text;
}

/** How addresses are compared: trimmed and case-folded. */
export const foldEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase();
