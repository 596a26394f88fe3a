import { domainToASCII } from 'node:url';

/**
 * The normal form of an e-mail address: NFKC without default-ignorable characters, in locale-independent lower case,
 * with the domain in ASCII (UTS 46). Null for a text that is no address: it needs exactly one @ between two parts that
 * hold a letter or digit each, and a domain that has an ASCII form.
 */
export function normalEmail(text: string | null): string | null {
  if (text === null) return null;
  if (isPlain(text)) return text.toLowerCase();
  // Dropping characters and lower-casing can leave combining marks that compose with the letter before them.
  const folded = text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
  const address = folded.normalize('NFKC').trim();
  const [local = '', domain = '', ...more] = address.split('@');
  if (more.length > 0 || !hasLetterOrDigit(local) || !hasLetterOrDigit(domain)) return null;
  const ascii = isInUrl(domain) ? '' : toAsciiDomain(domain);
  if (ascii === '') return null;
  return ascii === domain ? address : `${local}@${ascii}`;
}

/**
 * Fast path for nearly every address: ASCII, so only the case can differ. A domain with an encoded label goes to
 * domainToASCII, which rejects some of these.
 */
const isPlain = (text: string): boolean => plain.test(text) && !/xn--/i.test(text);
const plain = /^[\w!#$%&'*+/=?^`{|}~.-]*[a-z\d][\w!#$%&'*+/=?^`{|}~.-]*@[a-z\d.-]*[a-z\d][a-z\d.-]*$/i;

/** Converted with a suffix, because domainToASCII reads a domain that ends in a number as an IPv4 address. */
const toAsciiDomain = (domain: string): string => domainToASCII(`${domain}${suffix}`).slice(0, -suffix.length);
const suffix = '.example';

const hasLetterOrDigit = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** domainToASCII parses its argument as part of a URL, so it drops or decodes what follows these characters. */
const isInUrl = (domain: string): boolean => /[\s/\\?#%]/.test(domain);

/** The normal form of a key: trimmed, NFC, exact case unless `ignoresCase`; null for a blank text. */
export function normalKey(text: string | null, ignoresCase = false): string | null {
  const key = text?.trim().normalize('NFC') ?? '';
  if (key === '') return null;
  return ignoresCase ? key.toLowerCase() : key;
}

/** Placeholders that people type into a mandatory field. In lower case. */
const placeholders = new Set(['-', '--', '–', '—', '.', '?', 'n/a', 'na', 'none', 'null', 'unknown', 'tbd']);

/** The normal form of an employee number: that of a key. Null for a placeholder: a text listed above, or only zeros. */
export function normalNumber(text: string | null): string | null {
  const number = normalKey(text);
  if (number === null || placeholders.has(number.toLowerCase()) || /^0+$/.test(number)) return null;
  return number;
}
