import { z } from 'zod';
import type { LogListener } from '../fleet/replica.ts';
import type { Window } from './history.ts';

const lineShape = z.object({ time: z.iso.datetime(), msg: z.string() });

/** When replicas have been without Redis, as they say themselves: one that is says so before it answers anybody. */
export class MissedRedis {
  readonly #spans: Window[] = [];

  /** For the log of one replica. */
  listener = (): LogListener => {
    let current: Window | null = null;
    const end = (until: number) => {
      if (current !== null) current.until = until;
      current = null;
    };
    return {
      line: (text) => {
        if (!/Redis is (away|back)/.test(text)) return;
        const { time, msg } = lineShape.parse(JSON.parse(text));
        if (msg.startsWith('Redis is back')) return end(Date.parse(time));
        current ??= { from: Date.parse(time), until: Number.POSITIVE_INFINITY };
        if (!this.#spans.includes(current)) this.#spans.push(current);
      },
      end: () => end(Date.now()),
    };
  };

  /** How often a replica has missed it. */
  get count(): number {
    return this.#spans.length;
  }

  /** Whether any replica has at any moment of the window. Lines of the log may come later than answers. */
  within({ from, until }: Window): boolean {
    return this.#spans.some((it) => it.from <= until && it.until >= from);
  }
}
