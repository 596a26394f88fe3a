import type { IdentityMatch, IdentityRule } from './identity-rule.ts';

/** Of each source, by its name: the type of its records. */
export type Records = Record<string, object>;

export type SourceName<R extends Records> = keyof R & string;

export type Link<Rec> = { readonly record: Rec; readonly matchedBy: IdentityMatch };

/** At most one record of each source. */
type LinksOf<R extends Records> = { readonly [S in SourceName<R>]?: Link<R[S]> };

/** One human being, under the record that leads. */
export type Person<R extends Records> = {
  /** The prefix of the leading record's first key, a colon, and the key in normal form. */
  readonly id: string;
  readonly leads: SourceName<R>;
  /** The leading record is among them, matched by SOURCE. */
  readonly links: LinksOf<R>;
  /** Sources with a record that this person claims, and somebody else too. They have no record of it. */
  readonly contested: readonly SourceName<R>[];
};

/** A group of equal trait with more than one on a side, some of whom were left without a link. */
export type Conflict<R extends Records> = {
  readonly rule: IdentityRule;
  /** Whose records were to be linked. */
  readonly source: SourceName<R>;
  /** The group's people, all led by one source, by id. */
  readonly people: readonly Person<R>[];
  /** The group's records of `source`, by key. */
  readonly records: readonly R[SourceName<R>][];
};

/** The record that leads. */
export function leadOf<R extends Records>({ leads, links }: Person<R>): R[SourceName<R>] {
  const link = links[leads];
  if (link === undefined) throw new Error(`expected the leading record of ${leads} among a person's links, got none`);
  return link.record;
}
