import type { ListName } from './list-names.ts';

/** The lists that an operation needs, derived from its selection set before the first list is read. */
export type ReadPlan = {
  /** Requested together before the first field that needs one. */
  lists: ReadonlySet<ListName>;
  /** True if the caller may see every selected field. */
  isGranted: boolean;
  /** True if the operation selects data of the moment, such as an upstream's status. Its response is not cached. */
  isVolatile: boolean;
};

export const emptyPlan: ReadPlan = { lists: new Set(), isGranted: false, isVolatile: false };

/** The input from which a field derives the lists that it reads. */
export type ReadsInput<Args> = {
  args: Args;
  /** The people lists of the leading upstream. */
  lead: readonly ListName[];
};

/** The lists that a field reads. Lists of unconfigured upstreams are ignored. */
export type Reads<Args> = readonly ListName[] | ((input: ReadsInput<Args>) => readonly ListName[]);
