import { setTimeout as delay } from 'node:timers/promises';
import { UpstreamError } from '../errors.ts';

/** What a look shows: the result, where nothing is left to send, or else how to send the write, once. */
type Seen<Result> = { result: Result } | { send: () => Promise<Result> };

/** Reads afresh what the write is about. `isReplyLost`: it was sent before, and may have been done. */
export type Look<Result> = (isReplyLost: boolean) => Promise<Seen<Result>>;

const maxSends = 2;
const deadlineMs = 10_000;
const longestJitterMs = 200;

/**
 * A write that is never sent without having looked just before: so it is neither done twice, nor reported as failed
 * though it was done. It is repeated once, where the upstream did not take it in (429), or where the connection or the
 * upstream broke and a look shows nothing done; not after a timeout, since it may still be under way.
 * Throws the UpstreamError of the last attempt; after a lost reply its message tells what is known of the outcome.
 */
export async function writeCarefully<Result>(look: Look<Result>): Promise<Result> {
  const endsAt = performance.now() + deadlineMs;
  let isReplyLost = false;
  let failure: UpstreamError | null = null;
  for (let sends = 0; ; sends += 1) {
    const seen = await lookAfter(failure, isReplyLost, look);
    if ('result' in seen) return seen.result;
    if (failure !== null && (sends === maxSends || !mayBeRepeated(failure, endsAt))) {
      throw isReplyLost ? told(failure, notDone(failure)) : failure;
    }
    try {
      return await seen.send();
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      failure = error;
      isReplyLost ||= isOutcomeUnknown(error);
    }
    if (!isReplyLost && !isWorthALook(failure, endsAt)) throw failure;
    await delay(pauseMs(failure, endsAt));
  }
}

/** Where not even a look is possible, nobody knows what became of the write, and the caller is told so. */
async function lookAfter<Result>(
  failure: UpstreamError | null,
  isReplyLost: boolean,
  look: Look<Result>,
): Promise<Seen<Result>> {
  try {
    return await look(isReplyLost);
  } catch (error) {
    if (failure === null || !isReplyLost || !(error instanceof UpstreamError)) throw error;
    throw told(failure, 'Whether it was done is unknown: looking failed as well. Look before you ask again.');
  }
}

/** No reply came, or one that says nothing about what was done. A reply of 429 does, and so does never having sent. */
function isOutcomeUnknown({ code, status, isUnsent }: UpstreamError): boolean {
  if (code === 'UPSTREAM_RATE_LIMITED' || isUnsent) return false;
  return status === undefined || status < 300 || status === 408 || status >= 500;
}

const mayBeRepeated = (failure: UpstreamError, endsAt: number): boolean =>
  failure.isTransient && failure.code !== 'UPSTREAM_TIMEOUT' && isInTime(failure, endsAt);

/** A refusal may stem from what others wrote in between. One for want of rights or allowance does not. */
const isWorthALook = (failure: UpstreamError, endsAt: number): boolean =>
  failure.code === 'UPSTREAM_RATE_LIMITED' || failure.isUnsent
    ? mayBeRepeated(failure, endsAt)
    : failure.code !== 'UPSTREAM_AUTH_FAILED';

const isInTime = ({ retryAfterSeconds = 0 }: UpstreamError, endsAt: number): boolean =>
  performance.now() + retryAfterSeconds * 1000 < endsAt;

/** As long as the upstream asks for, if that is in time; else a moment, for what may be under way there. */
const pauseMs = (failure: UpstreamError, endsAt: number): number =>
  isInTime(failure, endsAt) && failure.retryAfterSeconds !== undefined
    ? failure.retryAfterSeconds * 1000
    : Math.random() * longestJitterMs;

/** 202 says that it will be done later (RFC 9110, section 15.3.3). */
const notDone = ({ code, status }: UpstreamError): string =>
  code === 'UPSTREAM_TIMEOUT' || status === 202
    ? 'A look right afterwards shows nothing done so far; it may still be under way.'
    : 'A look right afterwards shows that nothing was done.';

function told(failure: UpstreamError, note: string): UpstreamError {
  const { code, upstream, retryAfterSeconds, traceId, status, vendorCode, isTransient, isUnsent } = failure;
  const message = `${failure.message} ${note}`;
  return new UpstreamError({
    code,
    upstream,
    message,
    retryAfterSeconds,
    traceId,
    status,
    vendorCode,
    isTransient,
    isUnsent,
    cause: failure,
  });
}
