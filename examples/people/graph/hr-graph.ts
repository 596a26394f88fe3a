import { createHrGraphClient } from 'hr-graph/client';

/**
 * By way of the server of this page, which passes it on (vite.config.ts): no CORS, and no address in the page. Where callers
 * sign in, `headers` has their token.
 */
export const hrGraph = createHrGraphClient({ url: new URL('/graphql', location.href).href, timeoutMs: 30_000 });

/** In which language names and titles are asked for; each serves in another where there is none in this. */
export const locale = navigator.language;

export const pageSize = 24;
