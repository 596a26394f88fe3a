import type { Activity } from '../domain/activity.ts';
import type { Commit, Reading } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { UpstreamError } from '../errors.ts';
import type { Clock } from './clock.ts';
import type { Priority, Progress, SendRead } from './running-reading.ts';
import type { SharedList } from './shared-list.ts';
import type { Deadline } from './waiters.ts';
import type { WindowOptions } from './windows.ts';

/** Who asks for a list: until when, and how old it may be. */
export type ListRequest = Deadline & {
  /** In milliseconds since 1970: no reading that began earlier serves, unless it was a slow one. Null: the windows decide. */
  since: number | null;
  /** Where it is noted what was waited for. */
  activity?: Activity;
};

export type CachedListOptions<L> = {
  upstream: Upstream;
  /** For messages and log lines. */
  name: string;
  read(previous: L | null): Reading<L>;
  windows: WindowOptions;
  /** Read from the start of the process, and again before its window ends, for as long as it is in use. */
  isAhead: boolean;
  /** Of a read that an operation waits for. */
  priority: Priority;
  send: SendRead;
  secondsFor(requests: number, priority: Priority): number;
  /** Makes each new value current when what follows from it is ready. */
  publish(value: L, commit: Commit): Promise<void>;
  /** Called when the current value changes or is invalidated. */
  onChange(): void;
  onProgress(progress: Progress): void;
  /** Called when a reading is complete and its list current, changed or not. */
  onLoaded(value: L): void;
  /** Called when a reading has failed, before those who wait for it hear of it. */
  onFailed?(failure: UpstreamError): void;
  /** Unless given, no other process reads the list for this one. */
  shared?: SharedList<L>;
  clock?: Clock;
};
