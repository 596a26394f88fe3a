import { type Signal, signal } from '@preact/signals';
import { type Answer, type CallOptions, graphErrorsOf } from 'hr-graph/client';

/**
 * What is known of a query. Answers are kept whole, one for each page: their errors say what is unknown, and their
 * extensions how old they are. Both are lost where only their data is kept.
 */
export type Result<Data> = {
  answers: readonly Answer<Data>[];
  /** What was thrown, or an answer without a page; null where the last request brought one. */
  failure: unknown;
  isLoading: boolean;
};

export type Page = { first: number; after: string | null };

export type Definition<Input, Data> = {
  ask: (input: Input, page: Page, options: CallOptions) => Promise<Answer<Data>>;
  /** Where the page behind this one begins; null behind the last; undefined where the answer has no page at all. */
  endOf: (answer: Answer<Data>) => string | null | undefined;
  pageSize: number;
};

/** As many rows as one request may ask for. */
const mostAtOnce = 100;
const freshMs = 30_000;

export class Query<Input, Data> {
  readonly result: Signal<Result<Data>> = signal({ answers: [], failure: null, isLoading: true });
  /** How many rows have been asked for, to ask for as many again. */
  rows = 0;
  viewers = 0;
  readonly #definition: Definition<Input, Data>;
  readonly #input: Input;
  #running = new AbortController();
  #inFlight: Promise<void> = Promise.resolve();
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(definition: Definition<Input, Data>, input: Input) {
    this.#definition = definition;
    this.#input = input;
  }

  /** Where the next page begins, of what is shown. */
  get end(): string | null | undefined {
    const last = this.result.value.answers.at(-1);
    return last === undefined ? undefined : this.#definition.endOf(last);
  }

  get isFresh(): boolean {
    const { answers, failure } = this.result.peek();
    const errors = answers.flatMap((it) => graphErrorsOf(it));
    // What the systems contradict each other about stays so until somebody decides it.
    const isWhole = answers.length > 0 && failure === null && errors.every((it) => it.code === 'CONFLICT');
    return isWhole && performance.now() - this.#readAt < freshMs;
  }

  /** Reads from the start, at least so many rows. What is shown stays until the first answer is there. */
  async load(rows = this.rows): Promise<void> {
    const first = Math.min(Math.max(rows, this.#definition.pageSize), mostAtOnce);
    this.#readAt = performance.now();
    await this.#ask({ first, after: null }, []);
    // Each page is one more request, and only its end tells where the next one begins.
    while (this.rows < rows && typeof this.end === 'string' && this.result.value.failure === null) await this.more();
  }

  /** Adds the next page, where there is one. What is asked for already is waited for, and not asked again. */
  async more(): Promise<void> {
    const { end } = this;
    if (this.result.value.isLoading) return this.#inFlight;
    if (typeof end === 'string') {
      await this.#ask({ first: this.#definition.pageSize, after: end }, this.result.value.answers);
    }
  }

  stop(): void {
    this.#running.abort();
    if (this.result.peek().answers.length > 0) this.result.value = { ...this.result.peek(), isLoading: false };
  }

  #ask(page: Page, before: readonly Answer<Data>[]): Promise<void> {
    this.#inFlight = this.#askOnce(page, before);
    return this.#inFlight;
  }

  async #askOnce(page: Page, before: readonly Answer<Data>[]): Promise<void> {
    this.#running.abort();
    this.#running = new AbortController();
    const { signal: stopped } = this.#running;
    this.result.value = { ...this.result.peek(), isLoading: true };
    try {
      const answer = await this.#definition.ask(this.#input, page, { signal: stopped });
      if (stopped.aborted) return;
      const hasPage = this.#definition.endOf(answer) !== undefined;
      if (hasPage) this.rows = (page.after === null ? 0 : this.rows) + page.first;
      const answers = hasPage ? [...before, answer] : before;
      this.result.value = { answers, failure: hasPage ? null : answer, isLoading: false };
    } catch (thrown) {
      if (!stopped.aborted) this.result.value = { answers: before, failure: thrown, isLoading: false };
    }
  }
}
