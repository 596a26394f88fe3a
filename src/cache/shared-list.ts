import type { OnProgress } from '../domain/list-reading.ts';
import type { Entry } from './entry.ts';
import type { Windows } from './windows.ts';

/** A list as it goes from one process to another. `ageMs`: since its reading began; clocks need not agree. */
export type Copy<L> = Omit<Entry<L>, 'asOf'> & { ageMs: number };

/** `isCurrent`: this process has had it from there, or has put it there. */
export type CopyAge = { ageMs: number; windows: Windows; isCurrent: boolean };

/** `meanwhile`: until another one has been read. */
export type Need = 'instead' | 'meanwhile' | 'no';

export type ListTurnOptions<L> = {
  /** Nothing that was read before will do. */
  isAnew: boolean;
  need(copy: CopyAge): Need;
  /** Takes a copy over for the time being. */
  standIn(copy: Copy<L>): Promise<void>;
  /** With which copies share the rows that have not changed. */
  previous(): L | null;
  /** Whether somebody waits. */
  isUrgent(): boolean;
  onProgress: OnProgress;
  signal: AbortSignal;
};

/** The right to read the list, which no other process has meanwhile. It ends with any of the three. */
export type ListLease<L> = {
  progress: OnProgress;
  /** Called when somebody waits for it in another process. */
  onHurry(hurry: () => void): void;
  /** Gives the others what is current here; null for nothing that serves. */
  publish(current: () => Copy<L> | null): Promise<void>;
  /** Those who wait for the list get the failure. */
  fail(error: unknown): Promise<void>;
  release(): Promise<void>;
};

/** One list, as the processes of a deployment share it: one of them reads it at a time, and the others take what it read. */
export type SharedList<L> = {
  /** Resolves with a copy that is needed, or with the right to read. Throws the failure of whoever was waited for. */
  turn(options: ListTurnOptions<L>): Promise<{ copy: Copy<L> } | { lease: ListLease<L> }>;
};

/** What is there already: null for nothing, or nothing that may serve. `isEmpty`: nothing was ever read. */
export type Own = { entry: { ageMs: number; windows: Windows } | null; isEmpty: boolean };

/** A copy does in place of a reading where it serves better than what is there. */
export function needOf({ ageMs, windows, isCurrent }: CopyAge, { entry, isEmpty }: Own): Need {
  if (entry !== null && entry.ageMs < entry.windows.whileRevalidate) {
    return !isCurrent && ageMs < Math.min(entry.ageMs, windows.fresh) ? 'instead' : 'no';
  }
  if (ageMs < windows.whileRevalidate) return 'instead';
  return isEmpty && ageMs < windows.ifError ? 'meanwhile' : 'no';
}
