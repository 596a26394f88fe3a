import type { CORSOptions } from 'graphql-yoga';

type Cors = false | ((request: Request) => CORSOptions | false);

const maxAgeSeconds = 600;

/** What a page may read besides the body: when to ask again, how old the answer is, its name at a gateway, what is missing. */
const exposedHeaders = ['Retry-After', 'Age', 'X-Request-Id', 'WWW-Authenticate'];

/** Pages of these origins may ask from a browser, with the credential that they send themselves: there are no cookies. */
export function corsFor(origins: readonly string[]): Cors {
  if (origins.length === 0) return false;
  return (request) => {
    const origin = request.headers.get('origin');
    if (origin === null || !origins.includes(origin)) return false;
    return { origin, methods: ['POST', 'GET'], exposedHeaders, credentials: false, maxAge: maxAgeSeconds };
  };
}
