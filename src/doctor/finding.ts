import type { Upstream } from '../domain/upstream.ts';

/**
 * ok: as expected. note: works, but is worth knowing. trouble: something has to be changed. unchecked: a prerequisite
 * failed, or there is no data to check.
 */
export type Level = 'ok' | 'note' | 'trouble' | 'unchecked';

/** The result of a check, and what to do. Neither contains a secret, personal data or an address. */
export type Finding = { level: Level; found: string; advice?: string };

export const ok = (found: string): Finding => ({ level: 'ok', found });
export const note = (found: string, advice: string): Finding => ({ level: 'note', found, advice });
/** Without advice if the finding itself says what to do. */
export const trouble = (found: string, advice?: string): Finding => ({
  ...{ level: 'trouble', found },
  ...(advice !== undefined && { advice }),
});
export const unchecked = (found: string): Finding => ({ level: 'unchecked', found });

/** One check. If a prerequisite fails, `run` throws; see examine.ts. */
export type Check<Account> = {
  /** Stable between releases. */
  id: string;
  upstream: Upstream;
  /** At most 20 letters. */
  title: string;
  run(account: Account): Finding | Promise<Finding>;
};

export type Result = Finding & { id: string; upstream: Upstream | null; title: string };

/** A problem that prevents a step and all later steps that need it. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';
  readonly advice: string;

  constructor(found: string, advice: string) {
    super(found);
    this.advice = advice;
  }
}
