import { clockSkewMs, type SeenResponse } from '../http/seen-response.ts';

/** All responses of one vendor, as they came. */
export class Journal {
  readonly responses: SeenResponse[] = [];

  readonly add = (seen: SeenResponse): void => void this.responses.push(seen);

  get last(): SeenResponse | undefined {
    return this.responses.at(-1);
  }

  /** Milliseconds, in order. */
  get latencies(): number[] {
    return this.responses.map((it) => it.milliseconds).toSorted((a, b) => a - b);
  }

  /** By how many milliseconds the vendor's clock is ahead of ours, by the middle one of its answers; null if none tells. */
  get skewMs(): number | null {
    const skews = this.responses.flatMap((it) => clockSkewMs(it) ?? []).toSorted((a, b) => a - b);
    return skews[Math.floor(skews.length / 2)] ?? null;
  }

  /** The headers of the last response from `origin` that has one of such a name. */
  headersFrom(origin: string, name: RegExp): Headers | undefined {
    const found = this.responses.findLast(
      (it) => it.origin === origin && [...it.headers.keys()].some((it) => name.test(it)),
    );
    return found?.headers;
  }
}
