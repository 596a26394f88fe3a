import { clockSkewMs, type SeenResponse } from '../http/seen-response.ts';

/** All responses of one vendor, as they were received. */
export class Journal {
  readonly responses: SeenResponse[] = [];

  readonly add = (seen: SeenResponse): void => void this.responses.push(seen);

  get last(): SeenResponse | undefined {
    return this.responses.at(-1);
  }

  /** In milliseconds, ascending. */
  get latencies(): number[] {
    return this.responses.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  }

  /** The median by which the vendor's clock is ahead of ours, in milliseconds; null if no response has a date. */
  get skewMs(): number | null {
    const skews = this.responses.flatMap((response) => clockSkewMs(response) ?? []).toSorted((a, b) => a - b);
    return skews[Math.floor(skews.length / 2)] ?? null;
  }

  /** The headers of the last response from `origin` that has a header with such a name. */
  headersFrom(origin: string, name: RegExp): Headers | undefined {
    const found = this.responses.findLast(
      (response) => response.origin === origin && [...response.headers.keys()].some((header) => name.test(header)),
    );
    return found?.headers;
  }
}
