/** Names of the traits by which records of two sources can be told to be one person's. */
export type Traits = {
  email: string | null;
  /** A key of the company's own, by which two systems name the same person. */
  remoteId: string | null;
  employeeNumber: string | null;
};

export type RecordNames = {
  given: string | null;
  family: string | null;
  /** Of a source that keeps one name, in any order of its parts. */
  full: string | null;
};

/** One kind of key. A person's id is `prefix`, a colon and the key. */
export type KeyKind<R> = { readonly prefix: string; of(record: R): string | null };

/**
 * All that the directory knows of an upstream that bears people. Values are as the upstream spells them: the directory
 * compares them in its own normal forms.
 */
export type PeopleSource<R extends object, Name extends string = string> = {
  readonly name: Name;
  /** The first key that a record has names it: in the graph's ids, and in the mapping file. All of them find it. */
  readonly keys: readonly KeyKind<R>[];
  /** Keys are compared in lower case; otherwise exactly. */
  readonly ignoresCaseOfKeys: boolean;
  traitsOf(record: R): Traits;
  namesOf(record: R): RecordNames;
  /** The same person's whole name in other languages and scripts, as the source itself writes it. */
  otherNamesOf?(record: R): readonly string[];
  /** `--MM-DD`, as ISO 8601 has written it: sources may not know the year. */
  birthdayOf?(record: R): string | null;
  /** The record of an employment that has ended: it gives way to one that has not. */
  isFormer(record: R): boolean;
};
