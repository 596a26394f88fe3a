import type { Person, Records } from './person.ts';

/** Evidence that two people are the same person. */
export const evidenceKinds = [
  'SAME_NAME',
  'SIMILAR_NAME',
  'SAME_ADDRESS',
  'SAME_MAILBOX',
  'SIMILAR_ADDRESS',
  'SAME_BIRTHDAY',
] as const;

export type Evidence = (typeof evidenceKinds)[number];

/** Two people from different sources who may be the same person. A suggestion only: it never links them. */
export type LikelyPair<R extends Records> = {
  /** Ordered by length of id, then by id. */
  readonly people: readonly [Person<R>, Person<R>];
  /** Above 0 and below 1, rounded to hundredths. */
  readonly score: number;
  /** In the order of `evidenceKinds`. */
  readonly evidence: readonly Evidence[];
  /** True if one of the two matches several people of the same source: at most one of these pairs is right. */
  readonly isAmbiguous: boolean;
};
