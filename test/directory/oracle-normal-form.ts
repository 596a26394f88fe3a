import { domainToASCII } from 'node:url';

/**
 * The normal forms in which traits are compared, each step a line, in the order of its definition. Null is no trait.
 */
export function plainEmail(text: string | null): string | null {
  if (text === null) return null;
  const compatible = text.normalize('NFKC');
  const visible = [...compatible].filter((character) => !/\p{Default_Ignorable_Code_Point}/u.test(character)).join('');
  const lower = visible.toLowerCase();
  const trimmed = lower.trim();
  const parts = trimmed.split('@');
  if (parts.length !== 2) return null;
  const [mailbox = '', domain = ''] = parts;
  // A domain that is ASCII already is its own ASCII form. Node's function takes it for a host, and 1.2 for 1.0.0.2.
  const asciiDomain = /^[ -~]*$/.test(domain) ? domain : domainToASCII(domain);
  if (!holdsLetterOrDigit(mailbox) || !holdsLetterOrDigit(asciiDomain)) return null;
  return `${mailbox}@${asciiDomain}`;
}

const holdsLetterOrDigit = (text: string): boolean => /[\p{L}\p{Nd}]/u.test(text);

/** Keys compare exactly, but for those of a source that ignores their case. */
export function plainKey(text: string | null, ignoresCase = false): string | null {
  if (text === null) return null;
  const trimmed = text.trim();
  const composed = trimmed.normalize('NFC');
  if (composed === '') return null;
  return ignoresCase ? composed.toLowerCase() : composed;
}

export function plainNumber(text: string | null): string | null {
  const key = plainKey(text);
  if (key === null) return null;
  if (key === '-') return null;
  if (key.toLowerCase() === 'n/a') return null;
  if (key.toLowerCase() === 'none') return null;
  if ([...key].every((character) => character === '0')) return null;
  return key;
}
