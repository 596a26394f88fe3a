import { hash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { purging } from '../../loaders/purging.ts';
import type { ShownData } from '../shown-data.ts';

/** The bytes of an answer over HTTP, which is 200 and without errors. */
export type KeptAnswer = {
  headers: OutgoingHttpHeaders;
  body: Buffer;
  /** See Outcome. */
  asOf: number | null;
  freshUntil: number;
  epoch: number;
  /** What the server's log and the audit log say of it; `shown` is null where nobody keeps what is read. */
  operation: string | null;
  shown: ShownData | null;
};

export type AnswerCache = {
  /** Only while every upstream's answer behind it is fresh, and nothing was dropped from the memory since. */
  recall(key: string): KeptAnswer | null;
  /**
   * Whether the question has come before, not too long ago: what is asked once is mostly not asked again, and would push
   * out what is. To be asked once for each question that nothing was kept for.
   */
  isWorthKeeping(key: string): boolean;
  keep(key: string, answer: KeptAnswer): void;
  clear(): void;
};

const maxBytes = 64 * 1024 * 1024;
const overhead = 1_000;
const rememberedQuestions = 10_000;

/** `epoch` is the memory's: a write, or a person to be forgotten, makes every earlier answer useless. */
export function createAnswerCache(epoch: () => number): AnswerCache {
  const kept = new LRUCache<string, KeptAnswer>({
    maxSize: maxBytes,
    sizeCalculation: ({ body }, key) => body.length + key.length + overhead,
  });
  const purge = purging(kept);
  const asked = new LRUCache<string, true>({ max: rememberedQuestions });
  return {
    isWorthKeeping: (key) => {
      const question = hash('sha1', key, 'base64url');
      if (asked.has(question)) return true;
      asked.set(question, true);
      return false;
    },
    recall: (key) => {
      const answer = kept.get(key);
      if (answer === undefined) return null;
      if (answer.epoch === epoch() && Date.now() < answer.freshUntil) return answer;
      kept.delete(key);
      return null;
    },
    keep: (key, answer) => {
      purge();
      // What follows from no upstream's answer is fresh for ever, which lru-cache spells 0.
      const ttl = Math.ceil(answer.freshUntil - Date.now());
      if (answer.epoch === epoch() && ttl > 0) kept.set(key, answer, { ttl: Number.isFinite(ttl) ? ttl : 0 });
    },
    clear: () => kept.clear(),
  };
}
