import type { ListName } from './list-names.ts';

/** What an operation's selection set says about the lists that it will need, found out before the first of them is read. */
export type ReadPlan = {
  /** All of them are waited for at once, before the first field that needs one. */
  lists: ReadonlySet<ListName>;
  /** The caller may see everything that it asks for. */
  isGranted: boolean;
  /** It asks for something that is of the moment, such as how an upstream is doing. */
  isVolatile: boolean;
};

export const emptyPlan: ReadPlan = { lists: new Set(), isGranted: false, isVolatile: false };

/** What a field is told, to say what it reads. */
export type Asked<Args> = {
  args: Args;
  /** The lists of the lead directory. */
  lead: readonly ListName[];
};

/** The lists that a field reads. Those of upstreams that are not configured are left out. */
export type Reads<Args> = readonly ListName[] | ((asked: Asked<Args>) => readonly ListName[]);
