import { ClientError, type GraphError, graphErrorsOf } from 'hr-graph/client';
import { upstreamNames } from './upstreams.ts';

/** Something that went wrong, as people are told of it, and when to try again, where that is known. */
export type Trouble = { text: string; retryAfterSeconds: number | null };

/** Of what was thrown, or of an answer that has no data where it matters. */
export function troubleOf(failure: unknown): Trouble {
  const errors = graphErrorsOf(failure);
  if (errors.length === 0) return { text: withoutAnswer(failure), retryAfterSeconds: null };
  const text = [...new Set(errors.map(sentenceOf))].join(' ');
  return { text, retryAfterSeconds: latestOf(errors) };
}

/** The longest of the waits that are asked for: everything may be there then. */
export function latestOf(errors: readonly GraphError[]): number | null {
  const waits = errors.flatMap((it) => ('retryAfterSeconds' in it ? (it.retryAfterSeconds ?? []) : []));
  return waits.length === 0 ? null : Math.max(...waits);
}

export function sentenceOf(error: GraphError): string {
  switch (error.code) {
    case 'UPSTREAM_TIMEOUT':
      return `${upstreamNames[error.upstream]} did not answer in time.`;
    case 'UPSTREAM_UNAVAILABLE':
      return `${upstreamNames[error.upstream]} does not answer.`;
    case 'UPSTREAM_RATE_LIMITED':
      return `${upstreamNames[error.upstream]} takes no more requests for the moment, or is still being read.`;
    case 'UPSTREAM_AUTH_FAILED':
      return `${upstreamNames[error.upstream]} does not let hr-graph in.`;
    case 'UPSTREAM_INVALID_RESPONSE':
      return `${upstreamNames[error.upstream]} sent something that cannot be understood.`;
    case 'UPSTREAM_NOT_CONFIGURED':
      return `${upstreamNames[error.upstream]} is not connected here.`;
    case 'RATE_LIMITED':
      return 'Too many requests came from here.';
    case 'UNAUTHENTICATED':
      return 'Please sign in.';
    case 'FORBIDDEN':
      return 'You may not see this.';
    case 'CONFLICT':
      return 'The systems contradict each other.';
    case 'BAD_USER_INPUT':
      return `The address of this page asks for something that hr-graph does not know. ${error.message}`;
    default:
      return error.message;
  }
}

function withoutAnswer(failure: unknown): string {
  if (failure instanceof DOMException && failure.name === 'TimeoutError') return 'hr-graph did not answer in time.';
  const isSignIn = failure instanceof ClientError && failure.response.status < 500;
  return isSignIn ? 'Something else answers in place of hr-graph.' : 'hr-graph does not answer. Is it running?';
}
