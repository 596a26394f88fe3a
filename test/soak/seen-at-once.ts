import type { Claim } from './acknowledged.ts';
import type { MissedRedis } from './missed-redis.ts';

type Moments = { sentAt: number; receivedAt: number };

/**
 * Whether reads have shown what was acknowledged before they were sent, whichever replica has written. That is owed unless a
 * replica missed Redis between the beginning of the write and the end of the read, which its log tells a moment later: so
 * all of it is judged at the end.
 */
export class SeenAtOnce {
  readonly #recentMs: number;
  readonly #reads: (Moments & { claims: Claim[] })[] = [];

  /** For so long after a write, a replica that has not heard of it may show what was before. */
  constructor(recentMs: number) {
    this.#recentMs = recentMs;
  }

  /** Of what was shown, the last write is enough to tell that something was owed. */
  note(claims: readonly Claim[], moments: Moments): void {
    const [last] = claims.filter((it) => it.isShown).toSorted((a, b) => b.write.until - a.write.until);
    const missing = claims.filter((it) => !it.isShown);
    if (claims.length > 0)
      this.#reads.push({ ...moments, claims: [...missing, ...(last === undefined ? [] : [last])] });
  }

  /** What is wrong, and how many reads had to show what was written a moment ago. */
  judge(missedRedis: MissedRedis): { wrong: string[]; owed: number } {
    const wrong: string[] = [];
    let owed = 0;
    for (const { claims, sentAt, receivedAt } of this.#reads) {
      const due = claims.filter(({ write }) => !missedRedis.within({ from: write.from, until: receivedAt }));
      if (due.some(({ write }) => sentAt - write.until < this.#recentMs)) owed += 1;
      const missing = due.find((it) => !it.isShown)?.write;
      if (missing !== undefined)
        wrong.push(`write ${missing.number} was acknowledged ${sentAt - missing.until} ms before a read without it`);
    }
    return { wrong, owed };
  }
}
