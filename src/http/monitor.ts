import type { UpstreamError } from '../errors.ts';
import { type Allowance, AllowanceLimiter } from './allowance.ts';
import { Circuit } from './circuit.ts';

export type UpstreamHealth = 'UP' | 'DEGRADED' | 'DOWN';

/** How far a directory of people has been read. */
export type DirectoryProgress = {
  people: number;
  /** As the upstream counts them; null where it does not say. */
  expected: number | null;
  isComplete: boolean;
  /** RFC 3339: when the last page came. */
  asOf: string;
};

/** Until then the pace says more about what a cold process reads besides. */
const paceShowsAfterMs = 5_000;

const failuresUntilDown = 3;

/** One upstream as this process sees it: the figures behind `Query.upstreams`, and its allowance. */
export class UpstreamMonitor {
  requests = 0;
  lastError: string | null = null;
  /** Null until the directory was first asked for. */
  directory: DirectoryProgress | null = null;
  /** For whoever wants to hear of each page of the directory. */
  onDirectoryRead: ((progress: DirectoryProgress) => void) | null = null;
  readonly limiter: AllowanceLimiter;
  readonly circuit = new Circuit();
  #failuresInARow = 0;
  /** The reading that goes on: when its first page came, and with how many rows. */
  #reading = { startedAt: 0, rowsAPage: 1 };
  #msPerPerson = 0;

  constructor(allowance: Allowance | null = null) {
    this.limiter = new AllowanceLimiter(allowance);
  }

  /** Every attempt counts: it is what the vendor's allowance counts. */
  sent(): void {
    this.requests += 1;
  }

  answered(): void {
    this.#failuresInARow = 0;
  }

  failed(error: UpstreamError): void {
    this.lastError = `${error.code}: ${error.message}`;
    this.#failuresInARow += 1;
    if (error.status === 429) this.limiter.refused(error.retryAfterSeconds ?? 1);
  }

  /** Keeps how far the walk over the directory has come; told after each page. */
  directoryRead(people: number, expected: number | null, isComplete: boolean): void {
    const now = Date.now();
    const isNew = this.directory === null || this.directory.isComplete || people < this.directory.people;
    if (isNew) this.#reading = { startedAt: now, rowsAPage: Math.max(people, 1) };
    const elapsedMs = now - this.#reading.startedAt;
    const since = Math.max(people - this.#reading.rowsAPage, 1);
    this.#msPerPerson = elapsedMs < paceShowsAfterMs ? 0 : elapsedMs / since;
    this.directory = { people, expected, isComplete, asOf: new Date(now).toISOString() };
    this.onDirectoryRead?.(this.directory);
  }

  /** How long until the directory will have been read, by its pace so far and the allowance; 0 where nobody knows. */
  directorySecondsToGo(): number {
    if (this.directory === null || this.directory.isComplete || this.directory.expected === null) return 0;
    const people = Math.max(0, this.directory.expected - this.directory.people);
    const paced = this.limiter.secondsFor(Math.ceil(people / this.#reading.rowsAPage));
    return Math.max(paced, Math.ceil((people * this.#msPerPerson) / 1000));
  }

  /** DOWN while the circuit is not closed, or after several failures in a row of any kind, such as 401. */
  get health(): UpstreamHealth {
    if (this.circuit.status.state !== 'CLOSED') return 'DOWN';
    if (this.#failuresInARow === 0) return 'UP';
    return this.#failuresInARow < failuresUntilDown ? 'DEGRADED' : 'DOWN';
  }
}
