import type { ListName } from '../src/loaders/list-names.ts';
import type { Asked, Reads } from '../src/loaders/plan.ts';

/** For the `extensions` of a field: the lists that it reads, beside those that its parent came from. */
export const reading = (...lists: readonly ListName[]): { reads: Reads } => ({ reads: lists });

/** As `reading`, where that depends on the arguments. */
export const readingBy = (listsOf: (asked: Asked) => readonly ListName[]): { reads: Reads } => ({ reads: listsOf });
