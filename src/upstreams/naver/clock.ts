/** Far below NAVER's own five minutes, far above what an answer takes to arrive. */
const toleratedDifferenceMs = 60_000;

/** Our clock, set right by NAVER's where the two were seen to differ. */
export class GatewayClock {
  #offsetMs = 0;

  /** Epoch milliseconds. */
  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /**
   * Compares the time at which a request was signed with the Date header of its answer (RFC 9110, section 6.6.1).
   * True where they were too far apart, and the clock is now set right; false where the clock was not to blame.
   */
  correct(signedAt: number, headers: Headers): boolean {
    const theirs = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(theirs) || Math.abs(theirs - signedAt) <= toleratedDifferenceMs) return false;
    this.#offsetMs = theirs - Date.now();
    return true;
  }
}
