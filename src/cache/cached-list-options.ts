import type { Activity } from '../domain/activity.ts';
import type { Commit, Reading } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import type { UpstreamError } from '../errors.ts';
import type { Clock } from './clock.ts';
import type { Priority, Progress, SendRead } from './running-reading.ts';
import type { SharedList } from './shared-list.ts';
import type { Deadline } from './waiters.ts';
import type { WindowOptions } from './windows.ts';

/** One request for a list: how long it waits, and how old the list may be. */
export type ListRequest = Deadline & {
  /** In milliseconds since 1970: an earlier reading serves only if it was slow. Null: the windows decide. */
  since: number | null;
  /** Records what the request waits for. */
  activity?: Activity;
};

export type CachedListOptions<L> = {
  upstream: Upstream;
  /** For messages and log lines. */
  name: string;
  read(previous: L | null): Reading<L>;
  windows: WindowOptions;
  /** True for a list that is read when the process starts, and renewed within its window while it is in use. */
  isAhead: boolean;
  /** The priority of a read that an operation waits for. */
  priority: Priority;
  send: SendRead;
  secondsFor(requests: number, priority: Priority): number;
  /** Makes each new value current once everything derived from it is built. */
  publish(value: L, commit: Commit): Promise<void>;
  /** Called when the current value changes or is invalidated. */
  onChange(): void;
  onProgress(progress: Progress): void;
  /** Called when a reading is complete and its list is current, whether or not the list changed. */
  onLoaded(value: L): void;
  /** Called when a reading has failed, before its waiters are rejected. */
  onFailed?(failure: UpstreamError): void;
  /** Shares readings with other processes. Absent: this process always reads the list itself. */
  shared?: SharedList<L>;
  clock?: Clock;
};
