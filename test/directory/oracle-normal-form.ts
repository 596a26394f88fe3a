import { domainToASCII } from 'node:url';

/**
 * The normal forms in which traits are compared, each step of their definition a line. Null is no trait. One step can
 * undo another, as dropping a character joins its neighbours: what is normal is so under all of them.
 */
export function plainEmail(text: string | null): string | null {
  if (text === null) return null;
  const folded = foldedOnce(text);
  if (folded !== text) return plainEmail(folded);
  const parts = text.split('@');
  if (parts.length !== 2) return null;
  const [mailbox = '', domain = ''] = parts;
  if (!holdsLetterOrDigit(mailbox) || !holdsLetterOrDigit(domain)) return null;
  const ascii = asciiForm(domain);
  return ascii === '' ? null : `${mailbox}@${ascii}`;
}

/** Empty where there is none, as for a blank. Node's function takes a domain for a host: 1.2 would be 1.0.0.2, but not before a label that is no number. */
function asciiForm(domain: string): string {
  if (/\s/.test(domain)) return '';
  const withFullStops = domain.replaceAll('。', '.');
  const isAscii = /^[ -~]*$/.test(withFullStops);
  return isAscii ? withFullStops : domainToASCII(`${withFullStops}.example`).replace(/\.example$/, '');
}

function foldedOnce(text: string): string {
  const compatible = text.normalize('NFKC');
  const visible = [...compatible].filter((character) => !/\p{Default_Ignorable_Code_Point}/u.test(character)).join('');
  const lower = visible.toLowerCase();
  return lower.trim();
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
