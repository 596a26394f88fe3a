import type { Person, Records } from './person.ts';

/** What speaks for two people being one. */
export const evidenceKinds = [
  'SAME_NAME',
  'SIMILAR_NAME',
  'SAME_ADDRESS',
  'SAME_MAILBOX',
  'SIMILAR_ADDRESS',
  'SAME_BIRTHDAY',
] as const;

export type Evidence = (typeof evidenceKinds)[number];

/** Two people who may be one, known to different sources. Nothing follows from it until somebody says so. */
export type LikelyPair<R extends Records> = {
  /** The one with the shorter, else smaller id first. */
  readonly people: readonly [Person<R>, Person<R>];
  /** Above 0, below 1, in hundredths. */
  readonly score: number;
  /** In the order of `evidenceKinds`. */
  readonly evidence: readonly Evidence[];
  /** One of the two may as well be somebody else whom the same source knows: at most one of these pairs is right. */
  readonly isAmbiguous: boolean;
};
