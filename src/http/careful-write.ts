import { setTimeout as delay } from 'node:timers/promises';
import { UpstreamError } from '../errors.ts';

/** What a probe finds: the result if nothing is left to send, else a function that sends the write once. */
type ProbeResult<Result> = { result: Result } | { send: () => Promise<Result> };

/** Reads the current state of the object. `isResponseLost`: the write was sent before, and may have been done. */
export type Probe<Result> = (isResponseLost: boolean) => Promise<ProbeResult<Result>>;

const maxSends = 2;
const deadlineMs = 10_000;
const longestJitterMs = 200;

/**
 * Sends a write only after a probe, so that it is neither done twice nor reported as failed although it was done. It is
 * retried once: after a 429, or after a broken connection or upstream if a probe shows that nothing was done. A write
 * that timed out is not retried, because it may still be running. Throws the UpstreamError of the last attempt; after a
 * lost response the message says what is known about the outcome.
 */
export async function verifiedWrite<Result>(probe: Probe<Result>): Promise<Result> {
  const endsAt = performance.now() + deadlineMs;
  let isResponseLost = false;
  let failure: UpstreamError | null = null;
  for (let sends = 0; ; sends += 1) {
    const probed = await probeAfter(failure, isResponseLost, probe);
    if ('result' in probed) return probed.result;
    if (failure !== null && (sends === maxSends || !mayBeRepeated(failure, endsAt))) {
      throw isResponseLost ? withNote(failure, notDone(failure)) : failure;
    }
    try {
      return await probed.send();
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      failure = error;
      isResponseLost ||= isOutcomeUnknown(error);
    }
    if (!isResponseLost && !isWorthProbing(failure, endsAt)) throw failure;
    await delay(pauseMs(failure, endsAt));
  }
}

/** If the probe after a lost response fails too, the outcome is unknown, and the error says so. */
async function probeAfter<Result>(
  failure: UpstreamError | null,
  isResponseLost: boolean,
  probe: Probe<Result>,
): Promise<ProbeResult<Result>> {
  try {
    return await probe(isResponseLost);
  } catch (error) {
    if (failure === null || !isResponseLost || !(error instanceof UpstreamError)) throw error;
    throw withNote(
      failure,
      'Whether it was done is unknown: reading it back failed as well. Check before you try again.',
    );
  }
}

/** True unless the response shows whether the write was done. A 429 does, and so does a request never sent. */
function isOutcomeUnknown({ code, status, isUnsent }: UpstreamError): boolean {
  if (code === 'UPSTREAM_RATE_LIMITED' || isUnsent) return false;
  return status === undefined || status < 300 || status === 408 || status >= 500;
}

const mayBeRepeated = (failure: UpstreamError, endsAt: number): boolean =>
  failure.isTransient && failure.code !== 'UPSTREAM_TIMEOUT' && isInTime(failure, endsAt);

/** A refusal can stem from another client's concurrent write. One for missing rights or a rate limit cannot. */
const isWorthProbing = (failure: UpstreamError, endsAt: number): boolean =>
  failure.code === 'UPSTREAM_RATE_LIMITED' || failure.isUnsent
    ? mayBeRepeated(failure, endsAt)
    : failure.code !== 'UPSTREAM_AUTH_FAILED';

const isInTime = ({ retryAfterSeconds = 0 }: UpstreamError, endsAt: number): boolean =>
  performance.now() + retryAfterSeconds * 1000 < endsAt;

/** The upstream's Retry-After if it is in time; else a short pause, because the write may still be running. */
const pauseMs = (failure: UpstreamError, endsAt: number): number =>
  isInTime(failure, endsAt) && failure.retryAfterSeconds !== undefined
    ? failure.retryAfterSeconds * 1000
    : Math.random() * longestJitterMs;

/** Status 202 announces that the write will be done later (RFC 9110, section 15.3.3). */
const notDone = ({ code, status }: UpstreamError): string =>
  code === 'UPSTREAM_TIMEOUT' || status === 202
    ? 'Reading it back shows nothing done so far; the write may still be running.'
    : 'Reading it back shows that nothing was done.';

function withNote(failure: UpstreamError, note: string): UpstreamError {
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
