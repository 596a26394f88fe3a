import type { Upstream } from '../domain/upstream.ts';
import type { ErrorCode } from '../errors.ts';
import type { Memory, Question, Remembered } from './memory.ts';

/** How old the oldest of an upstream's answers is, and why there was no fresher one, where it was asked in vain. */
export type UpstreamUsage = { asOf: number; failure: ErrorCode | null };

/** The upstreams' answers that an operation is put together from. */
export type Usage = {
  readonly upstreams: ReadonlyMap<Upstream, UpstreamUsage>;
  /** Until then all of them are fresh, in milliseconds since 1970. */
  readonly freshUntil: number;
  /** Of the memory, when the operation began. */
  readonly epoch: number;
};

export type Observed = {
  memory: Memory;
  usage: Usage;
  /** The versions of the answers that were taken so far. */
  versions: ReadonlySet<number>;
};

/** The same memory for one operation, and a record of what it took from there. */
export function observed(memory: Memory): Observed {
  const versions = new Set<number>();
  const upstreams = new Map<Upstream, UpstreamUsage>();
  const usage = { upstreams, freshUntil: Number.POSITIVE_INFINITY, epoch: memory.epoch() };

  function note<T>({ upstream }: Question, remembered: Remembered<T>): Remembered<T> {
    const { version, asOf, freshUntil, failure } = remembered;
    versions.add(version);
    usage.freshUntil = Math.min(usage.freshUntil, freshUntil);
    const oldest = upstreams.get(upstream);
    if (oldest === undefined) upstreams.set(upstream, { asOf, failure });
    else {
      oldest.asOf = Math.min(oldest.asOf, asOf);
      oldest.failure ??= failure;
    }
    return remembered;
  }

  const observing: Memory = {
    ...memory,
    read: async (question, load) => note(question, await memory.read(question, load)),
    peek: <T>(question: Question) => {
      const found = memory.peek<T>(question);
      return found && note(question, found);
    },
  };
  return { memory: observing, usage, versions };
}

/** For a caller who wants to read through: nothing that was at hand before serves, and what comes is kept for all. */
export function readingThrough(memory: Memory): Memory {
  const asked = new Set<string>();
  return {
    ...memory,
    read: (question, load) => {
      if (!asked.has(question.key)) {
        asked.add(question.key);
        memory.drop(question.key);
      }
      return memory.read(question, load);
    },
    peek: (question) => (asked.has(question.key) ? memory.peek(question) : null),
    versionOf: (key) => (asked.has(key) ? memory.versionOf(key) : null),
    isKept: (key) => asked.has(key) && memory.isKept(key),
    isAtHand: (key) => asked.has(key) && memory.isAtHand(key),
  };
}
