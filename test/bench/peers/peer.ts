import type { Join } from '../truth/join.ts';
import type { Running } from './running.ts';

/** The bodies of requests: what the peer is asked, in its own words. */
export type Questions = {
  q01: string;
  q02: string;
  q03: (email: string) => string;
  /** q02, but other people: `after` is an endCursor of the peer. */
  page: (first: number, after: string | null) => string;
  /** Nothing but the endCursor of a first page. */
  cursor: (first: number) => string;
};

export type Peer = {
  name: string;
  title: string;
  /** Whether it remembers answers beyond an operation. */
  keepsAnswers: boolean;
  /** `env` leads to the emulators. */
  start(env: Record<string, string>): Promise<Running>;
  questions: Questions;
  /** Of an answer to `cursor`. */
  readCursor(answer: string): string | null;
  /** What an answer to q02 or q03 says of each person. */
  readJoins(answer: string): Join[];
};
