import { LRUCache } from 'lru-cache';
import type { Upstream } from '../domain/upstream.ts';
import { type ErrorCode, UpstreamError } from '../errors.ts';
import type { SharedRead, SharedReadOptions } from '../http/shared-read.ts';
import { createMemoryStatistics, type MemoryStatistics } from './memory-statistics.ts';
import { purging } from './purging.ts';
import { roughSize } from './rough-size.ts';
import { type Kind, type Windows, windowsOf } from './windows.ts';

/** What is asked of an upstream. `key` names everything that shapes the answer, `tag` what a write would touch. */
export type Question = { upstream: Upstream; tag: string; key: string; kind: Kind };

/** An answer that serves. */
export type Remembered<T> = {
  value: T;
  /** No other answer has it. */
  version: number;
  /** When it was asked for, in milliseconds since 1970. */
  asOf: number;
  freshUntil: number;
  /** Why there is no fresher one, where the upstream was asked in vain. */
  failure: ErrorCode | null;
};

/**
 * What the process remembers of the upstreams' answers, for all operations: reads that are under way are shared, so that
 * a hundred callers who ask for the same list cause one walk over it, and answers serve for a while. They come with the
 * service's own credentials; what a caller may see of them is decided at the field, above this.
 */
export type Memory = {
  /** Failures are shared while under way, and not kept: they cost an older answer its place only after its last window. */
  read<T>(question: Question, load: () => Promise<T>): Promise<Remembered<T>>;
  /** The answer, where a fresh one is there. */
  peek<T>(question: Question): Remembered<T> | null;
  /** Of the answer that is there, whether or not it would still serve. */
  versionOf(key: string): number | null;
  /** True while the answer is there and serves. */
  isKept(key: string): boolean;
  /** True while asking for the key costs no request of its own: the answer is there or on its way. */
  isAtHand(key: string): boolean;
  /** Drops one answer; if it is under way, it is not kept when it comes. */
  drop(key: string): void;
  /** Drops the answers with one of these tags, in the same way: something was written. */
  forget(tags: readonly string[]): void;
  /** Drops the answers that `mentions` is true of, and whatever is under way; tells how many there were. */
  forgetWhere(mentions: (answer: unknown, key: string) => boolean): number;
  /** Every answer that is there, whether or not it would still serve. */
  kept(): unknown[];
  clear(): void;
  /** Grows whenever something is dropped: what was put together from answers before is not to be used again. */
  epoch(): number;
  statistics: MemoryStatistics;
};

export type MemoryOptions = {
  /** How long people's data is fresh, of which all windows are multiples; 0 to keep nothing. */
  freshSeconds: number;
  maxBytes?: number;
  /** Starts a read that several callers may wait for. */
  share: <T>(options: SharedReadOptions, read: () => Promise<T>) => SharedRead<T>;
};

/** What the links between the upstreams are made of: read to the end although a caller leaves. */
const wholeLists = ['LUCCA.allEmployees', 'CTRL_HUB.members', 'CTRL_HUB.assignments', 'NAVER.people'];

const defaultMaxBytes = 256 * 1024 * 1024;

/** After a failure an answer that still serves goes on serving for so long before the upstream is asked again. */
const pauseMs = 5_000;

type Kept = Remembered<unknown> & { question: Question; windows: Windows; bytes: number; pausedUntil: number };

/** RFC 5861, section 4. Not for lack of rights: what an upstream no longer shows us is not shown on. */
const outages: readonly ErrorCode[] = ['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE', 'UPSTREAM_RATE_LIMITED'];

export function createMemory(options: MemoryOptions): Memory {
  const { freshSeconds, maxBytes = defaultMaxBytes, share } = options;
  const underWay = new Map<string, { question: Question; answer: SharedRead<Remembered<unknown>> }>();
  const kept =
    freshSeconds > 0 ? new LRUCache<string, Kept>({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes }) : null;
  const purge = kept && purging(kept);
  const statistics = createMemoryStatistics(() =>
    [...(kept?.values() ?? [])].map(({ question, bytes }) => ({ upstream: question.upstream, bytes })),
  );
  let epoch = 0;
  let versions = 0;

  function start(question: Question, load: () => Promise<unknown>, isRenewal = false): SharedRead<Remembered<unknown>> {
    const { key, tag } = question;
    const asOf = Date.now();
    const isWhole = wholeLists.includes(tag);
    const priority = isWhole || isRenewal ? 'background' : 'interactive';
    const highest = isWhole ? 'background' : 'interactive';
    const keepAlive = isWhole || isRenewal;
    const answer = share({ operation: tag, priority, highest, keepAlive }, () =>
      load().then((value): Remembered<unknown> => {
        const isAbsence = value === null || (Array.isArray(value) && value.length === 0);
        const windows = windowsOf(isAbsence ? 'absence' : question.kind, freshSeconds, Date.now() - asOf);
        versions += 1;
        const remembered = { value, version: versions, asOf, freshUntil: asOf + windows.fresh, failure: null };
        const ttl = Math.max(1, Math.ceil(asOf + Math.max(windows.whileRevalidated, windows.ifError) - Date.now()));
        if (settle() && kept !== null) {
          const bytes = Math.ceil(roughSize(value));
          purge?.();
          kept.set(key, { ...remembered, question, windows, bytes, pausedUntil: 0 }, { ttl });
        }
        return remembered;
      }),
    );
    answer.result.catch(settle);
    underWay.set(key, { question, answer });
    return answer;

    /** False when the answer was dropped or overtaken before it came. */
    function settle(): boolean {
      const isLatest = underWay.get(key)?.answer === answer;
      if (isLatest) underWay.delete(key);
      return isLatest;
    }
  }

  /** The older answer for as long as it may stand in for one that could not be had. */
  function standIn(older: Kept, error: unknown): Remembered<unknown> {
    const isOutage = error instanceof UpstreamError && outages.includes(error.code);
    if (!isOutage || Date.now() > older.asOf + older.windows.ifError) throw error;
    older.failure = error.code;
    older.pausedUntil = Date.now() + pauseMs;
    return older;
  }

  function revalidate(older: Kept, question: Question, load: () => Promise<unknown>): void {
    start(question, load, true).result.catch((error: unknown) => {
      older.failure = error instanceof UpstreamError ? error.code : null;
      older.pausedUntil = Date.now() + pauseMs;
    });
  }

  async function read(question: Question, load: () => Promise<unknown>): Promise<Remembered<unknown>> {
    const { key, upstream } = question;
    const older = kept?.get(key);
    const started = underWay.get(key)?.answer;
    const running = started?.isCancelled === false ? started : undefined;
    const now = Date.now();
    if (older === undefined) {
      statistics.count(upstream, running === undefined ? 'misses' : 'shared');
      return (running ?? start(question, load)).join();
    }
    if (now < older.freshUntil) {
      statistics.count(upstream, 'hits');
      return older;
    }
    const servesAsItIs = now < older.asOf + older.windows.whileRevalidated || now < older.pausedUntil;
    if (servesAsItIs) {
      statistics.count(upstream, 'staleHits');
      if (running === undefined && now >= older.pausedUntil) revalidate(older, question, load);
      return older;
    }
    statistics.count(upstream, running === undefined ? 'misses' : 'shared');
    return (running ?? start(question, load)).join().catch((error: unknown) => standIn(older, error));
  }

  function dropAll(isDropped: (question: Question, value: unknown) => boolean): number {
    epoch += 1;
    for (const [key, { question }] of [...underWay]) if (isDropped(question, undefined)) underWay.delete(key);
    const dropped = [...(kept?.entries() ?? [])].filter(([, it]) => isDropped(it.question, it.value));
    for (const [key] of dropped) kept?.delete(key);
    return dropped.length;
  }

  return {
    // One key is always read by the same call site, hence with the same type.
    read: <T>(question: Question, load: () => Promise<T>) => read(question, load) as Promise<Remembered<T>>,
    peek: <T>(question: Question) => {
      const found = kept?.get(question.key);
      if (found === undefined || Date.now() >= found.freshUntil) return null;
      statistics.count(question.upstream, 'hits');
      return found as Remembered<T>;
    },
    versionOf: (key) => kept?.peek(key)?.version ?? null,
    isKept: (key) => kept?.has(key) ?? false,
    isAtHand: (key) => underWay.has(key) || (kept?.has(key) ?? false),
    drop: (key) => void dropAll((it) => it.key === key),
    forget: (tags) => void dropAll(({ tag }) => tags.includes(tag)),
    forgetWhere: (mentions) => dropAll(({ key }, value) => value === undefined || mentions(value, key)),
    kept: () => [...(kept?.values() ?? [])].map(({ value }) => value),
    clear: () => void dropAll(() => true),
    epoch: () => epoch,
    statistics,
  };
}
