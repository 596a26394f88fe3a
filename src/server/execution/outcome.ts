import type { ExecutionResult } from 'graphql';
import type { Disclosure } from '../../../resolvers/disclosure.ts';
import { now } from '../../domain/now.ts';
import type { Usage } from '../../loaders/usage.ts';

/** What came of an operation, for whoever asked for it at the same time. */
export type Outcome = {
  result: ExecutionResult;
  usage: Usage;
  /** Kept where somebody reads it. */
  disclosure: Disclosure | undefined;
  /** The operation's name, where it has one. */
  operation: string | null;
  /** Of its errors, how many there are of each code. */
  errors: Readonly<Record<string, number>>;
  planningMs: number;
  executionMs: number;
  /** Whether the same operation would be answered so again for as long as the lists behind it are unchanged. */
  isRepeatable: boolean;
};

/** The oldest answer that it is put together from, in milliseconds since 1970; null where it took none. */
export function asOf({ upstreams }: Usage): number | null {
  const times = [...upstreams.values()].map((it) => it.asOf);
  return times.length === 0 ? null : Math.min(...times);
}

type UpstreamExtension = { asOf: string; failure?: string; skippedRows?: number; contested?: number };

/** RFC 9111, section 5.1: whole seconds. */
export const ageSince = (time: number): number => Math.max(0, Math.floor((now() - time) / 1000));

/**
 * For the answer's `extensions`: since when each upstream's part of it is known, why it is not known better, how many
 * of its rows could not be used, and how many people were left out of filters because their link to it is contested.
 */
export function upstreamsExtension(usage: Usage): Record<string, UpstreamExtension> {
  const entries = [...usage.upstreams].map(([upstream, { asOf: time, failure, skippedRows }]) => {
    const contested = usage.contestedIn(upstream);
    const known = {
      asOf: new Date(time).toISOString(),
      ...(failure !== null && { failure }),
      ...(skippedRows > 0 && { skippedRows }),
      ...(contested > 0 && { contested }),
    };
    return [upstream, known] as const;
  });
  return Object.fromEntries(entries);
}
