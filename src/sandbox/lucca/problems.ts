import { randomBytes } from 'node:crypto';
import type { Reply } from '../emulator.ts';

const kinds: Record<number, { title: string; type: string }> = {
  400: {
    title: 'One or more validation errors occurred.',
    type: 'https://tools.ietf.org/html/rfc7231#section-6.5.1',
  },
  401: { title: 'Unauthorized', type: 'https://tools.ietf.org/html/rfc7235#section-3.1' },
  403: { title: 'Forbidden', type: 'https://tools.ietf.org/html/rfc7231#section-6.5.3' },
  404: { title: 'Not Found', type: 'https://tools.ietf.org/html/rfc7231#section-6.5.4' },
  405: { title: 'Method Not Allowed', type: 'https://tools.ietf.org/html/rfc7231#section-6.5.5' },
  429: { title: 'Too Many Requests', type: 'https://tools.ietf.org/html/rfc6585#section-4' },
  431: { title: 'Request Header Fields Too Large', type: 'https://tools.ietf.org/html/rfc6585#section-5' },
};

type Extras = { errors?: Record<string, string[]>; headers?: Record<string, string> };

/** Thrown to refuse a request, with HTTP status, field errors and extra headers. */
export class Problem extends Error {
  readonly status: number;
  readonly extras: Extras;

  constructor(status: number, detail: string, extras: Extras = {}) {
    super(detail);
    this.status = status;
    this.extras = extras;
  }
}

/** The 400 for one wrong query parameter or header, which `errors` names. */
export const invalid = (name: string, message: string): Problem =>
  new Problem(400, `${name}: ${message}`, { errors: { [name]: [message] } });

/** A response of type `application/problem+json` (RFC 7807; Lucca, Errors: problem details). `instance` is the request's URL. */
export function problemReply(
  { status, message, extras }: Problem,
  instance: string,
  form: 'problem' | 'details' | 'page' = 'problem',
): Reply {
  if (form === 'page') {
    const headers = { ...extras.headers, 'content-type': 'text/html' };
    return { status, headers, body: `<html><title>${status}</title></html>` };
  }
  const body = {
    ...kinds[status],
    status,
    [form === 'details' ? 'details' : 'detail']: message,
    instance,
    ...(extras.errors && { errors: extras.errors }),
    extensions: { traceId: randomBytes(16).toString('hex') },
  };
  return {
    status,
    headers: { ...extras.headers, 'content-type': 'application/problem+json' },
    body: JSON.stringify(body),
  };
}
