/** A row of an upstream's list that could not be parsed. Its record counts as unknown, never as deleted. */
export type SkippedRow = {
  /** The upstream's resource, such as `employees`. */
  resource: string;
  /** What was wrong with the row, without its values. Each resource has a small set of reasons. */
  reason: string;
  /** The row's key; null if the key could not be read either. */
  key: string | null;
};

/** A whole list. */
export type ListOf<Row> = {
  readonly rows: readonly Row[];
  readonly skipped: readonly SkippedRow[];
  /** How many requests it takes to read the list. */
  readonly pages: number;
};

/** Reports progress. `expected` is null if the upstream does not state a total. */
export type OnProgress = (rows: number, expected: number | null) => void;

/**
 * One reading of a whole list, from its first page to its last. It may take several attempts: after a failure, the next
 * attempt resumes after the last good page.
 */
export type Reading<List> = {
  attempt(onProgress: OnProgress): Promise<List>;
  /** The requests of an attempt, if the upstream's client declares them. */
  readonly asks?: AskedRequest;
};

/** A kind of request, sent once per page. */
export type AskedRequest = {
  method: 'GET';
  /** The path as the vendor documents it. */
  path: string;
  /** Most rows in one page. */
  rows: number;
  /** Method and path of a request that has to precede this one, unless its result is cached; null for none. */
  before: string | null;
};

/** Makes a new value of a list current. `isWanted` turns false when a newer value has come. */
export type Commit = { isWanted(): boolean; commit(): void };
