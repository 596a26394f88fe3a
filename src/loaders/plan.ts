import type { AssignmentInclude } from '../upstreams/ctrl-hub/client.ts';

/**
 * Lists that are read whole, each at most once per operation. Those of many pages come first: what follows from their
 * first page is then asked for while the others are still read.
 */
export const wholeLists = [
  'luccaDirectory',
  'assignments',
  'naverPeople',
  'members',
  'jobQualifications',
  'professions',
  'grades',
  'positions',
] as const;
export type WholeList = (typeof wholeLists)[number];

/** What an operation's selection set says about the reads that it will cause, found out before the first of them. */
export type ReadPlan = {
  /** Read at once, beside the first request instead of after it. */
  lists: ReadonlySet<WholeList>;
  /** Whether job-positions and employments are to come with Lucca's employees. */
  luccaEmbedded: boolean;
  /** Related resources to come with Ctrl Hub's assignments. */
  assignmentIncludes: ReadonlySet<AssignmentInclude>;
  /** The caller may see everything that it asks for. */
  isGranted: boolean;
  /** It asks for something that is of the moment, such as how an upstream is doing. */
  isVolatile: boolean;
};

export const emptyPlan: ReadPlan = {
  lists: new Set(),
  luccaEmbedded: false,
  assignmentIncludes: new Set(),
  isGranted: false,
  isVolatile: false,
};
