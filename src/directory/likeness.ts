import { type Evidence, evidenceKinds } from '../domain/likely-pair.ts';
import type { PeopleSource } from '../domain/people-source.ts';
import type { Person, Records } from '../domain/person.ts';
import type { DirectoryInput } from './input.ts';
import { type NameForms, nameForms, namesAsTexts } from './name-forms.ts';
import { normalEmail } from './normal-form.ts';

/** What of one or several records is compared. */
export type Features = {
  readonly names: NameForms;
  readonly addresses: readonly Address[];
  /** Month and day. */
  readonly birthdays: ReadonlySet<string>;
};

/** The features of a person, from all of their records. */
export type Profile<R extends Records> = Features & { readonly person: Person<R> };

type Address = { readonly whole: string; readonly mailbox: string; readonly domain: string };

export function profileOf<R extends Records>(person: Person<R>, sources: DirectoryInput<R>['sources']): Profile<R> {
  const found = nothingYet();
  for (const { source } of sources) {
    const record = person.links[source.name]?.record;
    if (record !== undefined) add(source, record, found);
  }
  return { person, ...featuresIn(found) };
}

export function featuresOf<Rec extends object>(source: PeopleSource<Rec>, record: Rec): Features {
  const found = nothingYet();
  add(source, record, found);
  return featuresIn(found);
}

type Found = { readonly names: string[]; readonly emails: Set<string>; readonly birthdays: Set<string> };

const nothingYet = (): Found => ({ names: [], emails: new Set(), birthdays: new Set() });

function add<Rec extends object>(source: PeopleSource<Rec>, record: Rec, { names, emails, birthdays }: Found): void {
  names.push(...namesAsTexts(source.namesOf(record), source.otherNamesOf?.(record)));
  const email = normalEmail(source.traitsOf(record).email);
  if (email !== null) emails.add(email);
  const birthday = source.birthdayOf?.(record) ?? null;
  if (birthday !== null) birthdays.add(birthday);
}

const featuresIn = ({ names, emails, birthdays }: Found): Features => ({
  names: nameForms(names),
  addresses: [...emails].map(addressOf),
  birthdays,
});

function addressOf(whole: string): Address {
  const at = whole.indexOf('@');
  return { whole, mailbox: whole.slice(0, at), domain: whole.slice(at + 1) };
}

/** Blocking keys: only profiles that share one are compared. A birthday is no key, because many people share one. */
export function blockKeysOf<R extends Records>({ names, addresses }: Profile<R>): Set<string> {
  const keys = new Set<string>();
  for (const form of names.loose) keys.add(`name ${form}`);
  for (const { mailbox, domain } of addresses) {
    keys.add(`mailbox ${mailbox}`);
    // Two texts that differ in one character become equal when each loses one character.
    for (const text of [mailbox, ...withoutOne(mailbox)]) keys.add(`address ${text}@${domain}`);
  }
  return keys;
}

const withoutOne = (text: string): string[] => [...text].map((_, index, all) => all.toSpliced(index, 1).join(''));

/** The score of each kind of evidence alone; 1 is certainty. */
const weights: Record<Evidence, number> = {
  SAME_NAME: 0.6,
  SIMILAR_NAME: 0.5,
  SAME_ADDRESS: 0.4,
  SAME_MAILBOX: 0.5,
  SIMILAR_ADDRESS: 0.4,
  SAME_BIRTHDAY: 0.4,
};
const otherNameFactor = 0.4;
const otherBirthdayFactor = 0.2;

/** Compares two profiles. Null if no evidence distinguishes this pair from other pairs. */
export function compare<R extends Records>(
  a: Profile<R>,
  b: Profile<R>,
): { score: number; evidence: Evidence[] } | null {
  const evidence = evidenceOf(a, b);
  // An equal address links two people unless others share it as well. Alone it is therefore no evidence here.
  if (evidence.every((kind) => kind === 'SAME_ADDRESS')) return null;
  let score = 1 - evidence.reduce((doubt, kind) => doubt * (1 - weights[kind]), 1);
  if (haveOtherNames(a.names, b.names)) score *= otherNameFactor;
  if (a.birthdays.size > 0 && b.birthdays.size > 0 && !evidence.includes('SAME_BIRTHDAY')) score *= otherBirthdayFactor;
  return { score: Math.round(score * 100) / 100, evidence };
}

/** In the order of `evidenceKinds`. */
export function evidenceOf(a: Features, b: Features): Evidence[] {
  const found = new Set<Evidence>();
  if (shares(a.names.plain, b.names.plain)) found.add('SAME_NAME');
  else if (shares(a.names.loose, b.names.loose)) found.add('SIMILAR_NAME');
  for (const one of a.addresses) for (const other of b.addresses) addIfAny(found, addressEvidence(one, other));
  if (shares(a.birthdays, b.birthdays)) found.add('SAME_BIRTHDAY');
  return evidenceKinds.filter((kind) => found.has(kind));
}

const addIfAny = (found: Set<Evidence>, evidence: Evidence | null): void => {
  if (evidence !== null) found.add(evidence);
};

function addressEvidence(a: Address, b: Address): Evidence | null {
  if (a.whole === b.whole) return 'SAME_ADDRESS';
  if (a.mailbox === b.mailbox) return 'SAME_MAILBOX';
  return a.domain === b.domain && differByOneLetter(a.mailbox, b.mailbox) ? 'SIMILAR_ADDRESS' : null;
}

/** True for one letter missing, one replaced, or two swapped. Digits are no typing errors: kim2 is not kim1. */
function differByOneLetter(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end += 1;
  const rest = [short.slice(start, short.length - end), long.slice(start, long.length - end)] as const;
  const isSwap = rest[0].length === 2 && rest[1].length === 2 && rest[0] === [...rest[1]].reverse().join('');
  return (isSwap || (rest[0].length <= 1 && rest[1].length <= 1)) && !/\d/.test(rest.join(''));
}

/** True if both names have words in the same script and share none of them. */
function haveOtherNames(a: NameForms, b: NameForms): boolean {
  if (shares(a.loose, b.loose) || shares(a.words, b.words)) return false;
  const isLatin = ({ words }: NameForms) => [...words].some((word) => /^\p{Script=Latin}+$/u.test(word));
  const isOther = ({ words }: NameForms) => [...words].some((word) => !/^\p{Script=Latin}+$/u.test(word));
  return (isLatin(a) && isLatin(b)) || (isOther(a) && isOther(b));
}

function shares(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const item of a) if (b.has(item)) return true;
  return false;
}
