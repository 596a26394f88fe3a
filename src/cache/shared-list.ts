import type { OnProgress } from '../domain/list-reading.ts';
import type { Entry } from './entry.ts';
import type { Windows } from './windows.ts';

/** A list sent between processes. `ageMs`: since its reading began; an age, because clocks can differ. */
export type Copy<L> = Omit<Entry<L>, 'asOf'> & { ageMs: number };

/** `isCurrent`: this process already took this copy, or published it. */
export type CopyAge = { ageMs: number; windows: Windows; isCurrent: boolean };

/** Whether a copy serves instead of a reading, only until a reading is complete, or not at all. */
export type Need = 'instead' | 'meanwhile' | 'no';

export type ListTurnOptions<L> = {
  /** True if only a new reading serves. */
  isAnew: boolean;
  need(copy: CopyAge): Need;
  /** Uses a copy until the reading is complete. */
  standIn(copy: Copy<L>): Promise<void>;
  /** The list with which copies share unchanged rows. */
  previous(): L | null;
  /** Whether a request waits for the list. */
  isUrgent(): boolean;
  onProgress: OnProgress;
  signal: AbortSignal;
};

/** The exclusive right to read the list. It ends with `publish`, `fail` or `release`. */
export type ListLease<L> = {
  progress: OnProgress;
  /** Registers a function that is called when a request of another process waits for the list. */
  onHurry(hurry: () => void): void;
  /** Publishes the current list to other processes; null if nothing serves. */
  publish(current: () => Copy<L> | null): Promise<void>;
  /** Passes the failure to the waiters of all processes. */
  fail(error: unknown): Promise<void>;
  release(): Promise<void>;
};

/** One list shared by the processes of a deployment: one process reads it at a time, and the others take its copy. */
export type SharedList<L> = {
  /** Resolves with a copy to use, or with the lease to read. Throws the failure of the process that it waited for. */
  turn(options: ListTurnOptions<L>): Promise<{ copy: Copy<L> } | { lease: ListLease<L> }>;
};

/** This process's own list. `entry`: null if none may serve. `isEmpty`: no list was ever read. */
export type Own = { entry: { ageMs: number; windows: Windows } | null; isEmpty: boolean };

/** Decides whether a copy serves better than this process's own list. */
export function needOf({ ageMs, windows, isCurrent }: CopyAge, { entry, isEmpty }: Own): Need {
  if (entry !== null && entry.ageMs < entry.windows.whileRevalidate) {
    return !isCurrent && ageMs < Math.min(entry.ageMs, windows.fresh) ? 'instead' : 'no';
  }
  if (ageMs < windows.whileRevalidate) return 'instead';
  return isEmpty && ageMs < windows.ifError ? 'meanwhile' : 'no';
}
