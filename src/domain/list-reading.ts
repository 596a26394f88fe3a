/** A row of an upstream's list that could not be used. What it stands for is unknown, never gone. */
export type SkippedRow = {
  /** Of the upstream, such as `employees`. */
  resource: string;
  /** What was wrong with it, without its values: one of a small set of texts per resource. */
  reason: string;
  /** The row's key, where at least that could be read. */
  key: string | null;
};

/** A list that was read whole. */
export type ListOf<Row> = {
  readonly rows: readonly Row[];
  readonly skipped: readonly SkippedRow[];
  /** How many requests it takes to read the list. */
  readonly pages: number;
};

/** How far a reading has come; `expected` is null where the upstream does not say. */
export type OnProgress = (rows: number, expected: number | null) => void;

/**
 * One reading of a whole list, from its first page to its last. It may take several attempts: after one that failed, the
 * next goes on from the last good page.
 */
export type Reading<List> = {
  attempt(onProgress: OnProgress): Promise<List>;
  /** What an attempt asks, where the upstream's client tells. */
  readonly asks?: AskedRequest;
};

/** Requests of one kind, one for each page. */
export type AskedRequest = {
  method: 'GET';
  /** As the vendor documents it. */
  path: string;
  /** In one page, at most. */
  rows: number;
  /** What has to be asked before, where it is not at hand; as method and path. */
  before: string | null;
};

/** How a new value of a list becomes current, unless something newer has come meanwhile. */
export type Commit = { isWanted(): boolean; commit(): void };
