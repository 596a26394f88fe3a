import type { OutgoingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
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
  keep(key: string, answer: KeptAnswer): void;
  clear(): void;
};

const maxBytes = 64 * 1024 * 1024;
const overhead = 1_000;

/** `epoch` is the memory's: a write, or a person to be forgotten, makes every earlier answer useless. */
export function createAnswerCache(epoch: () => number): AnswerCache {
  const kept = new LRUCache<string, KeptAnswer>({
    maxSize: maxBytes,
    sizeCalculation: ({ body }, key) => body.length + key.length + overhead,
  });
  return {
    recall: (key) => {
      const answer = kept.get(key);
      if (answer === undefined) return null;
      if (answer.epoch === epoch() && Date.now() < answer.freshUntil) return answer;
      kept.delete(key);
      return null;
    },
    keep: (key, answer) => {
      if (answer.epoch === epoch()) kept.set(key, answer);
    },
    clear: () => kept.clear(),
  };
}
