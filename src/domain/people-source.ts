/** The traits by which records of two sources are linked. */
export type Traits = {
  email: string | null;
  /** A key that the company assigns itself, equal in both systems. */
  remoteId: string | null;
  employeeNumber: string | null;
};

export type RecordNames = {
  given: string | null;
  family: string | null;
  /** The whole name, from a source that stores one name only, with its parts in any order. */
  full: string | null;
};

/** One kind of key. A person's id is `prefix`, a colon and the key. */
export type KeyKind<R> = { readonly prefix: string; of(record: R): string | null };

/**
 * All that the directory knows about an upstream with people. Values are spelled as in the upstream; the directory
 * compares them in its own normal forms.
 */
export type PeopleSource<R extends object, Name extends string = string> = {
  readonly name: Name;
  /** A record's first key identifies it in the graph's ids and in the mapping file. Every key of a record finds it. */
  readonly keys: readonly KeyKind<R>[];
  /** True: keys are compared in lower case. False: exactly. */
  readonly ignoresCaseOfKeys: boolean;
  traitsOf(record: R): Traits;
  namesOf(record: R): RecordNames;
  /** The person's whole name in other languages and scripts, as the source stores it. */
  otherNamesOf?(record: R): readonly string[];
  /** `--MM-DD`, the form of ISO 8601:2000: not every source stores the year. */
  birthdayOf?(record: R): string | null;
  /** True for an ended employment. Such a record gives way to a current one with the same trait. */
  isFormer(record: R): boolean;
};
