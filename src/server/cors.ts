import type { CORSOptions } from 'graphql-yoga';

type Cors = false | ((request: Request) => CORSOptions | false);

const maxAgeSeconds = 600;

/** Response headers that a page may read: when to retry, the age, the request id, and how to sign in. */
const exposedHeaders = ['Retry-After', 'Age', 'X-Request-Id', 'WWW-Authenticate'];

/** Lets pages of these origins send requests with their own Authorization header. hr-graph uses no cookies. */
export function corsFor(origins: readonly string[]): Cors {
  if (origins.length === 0) return false;
  return (request) => {
    const origin = request.headers.get('origin');
    if (origin === null || !origins.includes(origin)) return false;
    return { origin, methods: ['POST', 'GET'], exposedHeaders, credentials: false, maxAge: maxAgeSeconds };
  };
}
