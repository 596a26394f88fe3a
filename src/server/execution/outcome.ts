import type { ExecutionResult } from 'graphql';
import type { Disclosure } from '../../../resolvers/disclosure.ts';
import { now } from '../../domain/now.ts';
import type { Usage } from '../../loaders/usage.ts';

/** The outcome of an operation, shared by all callers whose requests were coalesced. */
export type Outcome = {
  result: ExecutionResult;
  usage: Usage;
  /** Present if the audit log needs it. */
  disclosure: Disclosure | undefined;
  /** The operation's name, if it has one. */
  operation: string | null;
  /** The number of errors for each code. */
  errors: Readonly<Record<string, number>>;
  planningMs: number;
  executionMs: number;
  /** Whether the operation would give the same result as long as the lists behind it are unchanged. */
  isRepeatable: boolean;
};

/** When the oldest list behind the result was read, in milliseconds since 1970; null if no list was used. */
export function asOf({ upstreams }: Usage): number | null {
  const times = [...upstreams.values()].map((it) => it.asOf);
  return times.length === 0 ? null : Math.min(...times);
}

type UpstreamExtension = { asOf: string; failure?: string; skippedRows?: number; contested?: number };

/** RFC 9111, section 5.1: whole seconds. */
export const ageSince = (time: number): number => Math.max(0, Math.floor((now() - time) / 1000));

/**
 * For the response's `extensions`: for each upstream the time of its data, the failure of the last read, the number of
 * skipped rows, and the number of people that filters left out because their link is contested.
 */
export function upstreamsExtension(usage: Usage): Record<string, UpstreamExtension> {
  const entries = [...usage.upstreams].map(([upstream, { asOf: time, failure, skippedRows }]) => {
    const contested = usage.contestedIn(upstream);
    const entry = {
      asOf: new Date(time).toISOString(),
      ...(failure !== null && { failure }),
      ...(skippedRows > 0 && { skippedRows }),
      ...(contested > 0 && { contested }),
    };
    return [upstream, entry] as const;
  });
  return Object.fromEntries(entries);
}
