import type { Upstream } from '../domain/upstream.ts';

/**
 * ok: as it should be. note: it works, and somebody should know. trouble: something has to be changed. unchecked: what it
 * depends on has failed, or there is nothing to check it by.
 */
export type Level = 'ok' | 'note' | 'trouble' | 'unchecked';

/** What a check has found, and what to do about it. Neither shows a secret, a person's data or an address. */
export type Finding = { level: Level; found: string; advice?: string };

export const ok = (found: string): Finding => ({ level: 'ok', found });
export const note = (found: string, advice: string): Finding => ({ level: 'note', found, advice });
/** Without advice where what was found says what to do. */
export const trouble = (found: string, advice?: string): Finding => ({
  ...{ level: 'trouble', found },
  ...(advice !== undefined && { advice }),
});
export const unchecked = (found: string): Finding => ({ level: 'unchecked', found });

/** One thing that is looked at. `run` throws what makes it impossible; see examine.ts. */
export type Check<Account> = {
  /** Stays the same from release to release. */
  id: string;
  upstream: Upstream;
  /** At most 20 letters. */
  title: string;
  run(account: Account): Finding | Promise<Finding>;
};

export type Result = Finding & { id: string; upstream: Upstream | null; title: string };

/** What stands in the way of a step and of all that follow from it. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';
  readonly advice: string;

  constructor(found: string, advice: string) {
    super(found);
    this.advice = advice;
  }
}
