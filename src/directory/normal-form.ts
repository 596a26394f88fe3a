import { domainToASCII } from 'node:url';

/**
 * An e-mail address as it is compared: NFKC without default-ignorable characters, in lower case of no language, its
 * domain in ASCII form (UTS 46). Null for what is no address: it has not exactly one @ between two parts that hold a
 * letter or digit each, or no domain can be spelled so.
 */
export function normalEmail(text: string | null): string | null {
  if (text === null) return null;
  if (isPlain(text)) return text.toLowerCase();
  // Dropping and lower-casing can leave marks beside letters that they compose with.
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
 * Nearly every address: in ASCII, of which only the case may differ. A domain with an encoded label is left to
 * domainToASCII, which finds fault with some.
 */
const isPlain = (text: string): boolean => plain.test(text) && !/xn--/i.test(text);
const plain = /^[\w!#$%&'*+/=?^`{|}~.-]*[a-z\d][\w!#$%&'*+/=?^`{|}~.-]*@[a-z\d.-]*[a-z\d][a-z\d.-]*$/i;

/** Below a name: a domain that ends in a number is read as an address of IPv4 otherwise. */
const toAsciiDomain = (domain: string): string => domainToASCII(`${domain}${suffix}`).slice(0, -suffix.length);
const suffix = '.example';

const hasLetterOrDigit = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** domainToASCII reads its argument as a part of a URL, and drops or decodes what these begin. */
const isInUrl = (domain: string): boolean => /[\s/\\?#%]/.test(domain);

/** Trimmed and NFC, compared exactly; null for a blank one. */
export function normalKey(text: string | null, ignoresCase = false): string | null {
  const key = text?.trim().normalize('NFC') ?? '';
  if (key === '') return null;
  return ignoresCase ? key.toLowerCase() : key;
}

/** What people type into a field that must not stay empty. In lower case. */
const placeholders = new Set(['-', '--', '–', '—', '.', '?', 'n/a', 'na', 'none', 'null', 'unknown', 'tbd']);

/** An employee number, compared like a key; null for a placeholder: one of a short list of texts, or zeros only. */
export function normalNumber(text: string | null): string | null {
  const number = normalKey(text);
  if (number === null || placeholders.has(number.toLowerCase()) || /^0+$/.test(number)) return null;
  return number;
}
