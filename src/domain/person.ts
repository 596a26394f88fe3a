import type { IdentityMatch, IdentityRule } from './identity-rule.ts';

/** The record type of each source, by source name. */
export type Records = Record<string, object>;

export type SourceName<R extends Records> = keyof R & string;

export type Link<Rec> = { readonly record: Rec; readonly matchedBy: IdentityMatch };

/** At most one record of each source. */
type LinksOf<R extends Records> = { readonly [S in SourceName<R>]?: Link<R[S]> };

/** One human being. The leading record gives the id. */
export type Person<R extends Records> = {
  /** The prefix of the leading record's first key, a colon, and the key in normal form. */
  readonly id: string;
  readonly leads: SourceName<R>;
  /** Includes the leading record, matched by SOURCE. */
  readonly links: LinksOf<R>;
  /** Sources with a record that several people claim, this person among them, who therefore has none of theirs. */
  readonly contested: readonly SourceName<R>[];
};

/** People and records with an equal trait, several on at least one side, of whom some were left unlinked. */
export type Conflict<R extends Records> = {
  readonly rule: IdentityRule;
  /** The source of the records. */
  readonly source: SourceName<R>;
  /** The people, all led by one source, sorted by id. */
  readonly people: readonly Person<R>[];
  /** The records of `source`, sorted by key. */
  readonly records: readonly R[SourceName<R>][];
};

/** The leading record of a person. */
export function leadOf<R extends Records>({ leads, links }: Person<R>): R[SourceName<R>] {
  const link = links[leads];
  if (link === undefined) throw new Error(`expected the leading record of ${leads} among a person's links, got none`);
  return link.record;
}
