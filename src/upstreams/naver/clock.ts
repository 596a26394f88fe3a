/** Far below NAVER's own tolerance of five minutes, far above the duration of a response. */
const toleratedDifferenceMs = 60_000;

/** Our clock, corrected to NAVER's if the two differ. */
export class GatewayClock {
  #offsetMs = 0;

  /** Epoch milliseconds. */
  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /**
   * Compares the signing time of a request with the Date header of its response (RFC 9110, section 6.6.1). Returns true
   * if they were too far apart, after correcting the clock; false if the clock was not the cause.
   */
  correct(signedAt: number, headers: Headers): boolean {
    const theirs = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(theirs) || Math.abs(theirs - signedAt) <= toleratedDifferenceMs) return false;
    this.#offsetMs = theirs - Date.now();
    return true;
  }
}
