import type { LuccaData } from '../company/data.ts';
import type { LuccaKnobs } from './knobs.ts';
import type { Timeline } from './timeline.ts';

/** One request's view of the company: the data, facts as of today, and the caller's scopes and includes. */
export type View = {
  data: LuccaData;
  timeline: Timeline;
  knobs: LuccaKnobs;
  /** Absolute, ending in `/lucca-api`. */
  baseUrl: string;
  scopes: ReadonlySet<string>;
  includes: ReadonlySet<string>;
};

export type Json = Record<string, unknown>;
