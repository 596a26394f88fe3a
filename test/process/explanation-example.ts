const upstreamRequest = { upstream: 'LUCCA', method: 'GET', path: '/v3/employees', why: 'employees', round: 1 };
const answered = { isShared: false, cache: 'none', rows: 100, bytes: 9_000, attempt: 1, status: 200, error: null };
/** As a server sends it: a repeat, a wait, and a list at hand. */
export const explanation = {
  totalMs: 60.2,
  phases: { preparationMs: 1.2, planningMs: 0.4, executionMs: 58.1, waitingMs: 55, serialisationMs: 0.5 },
  upstreamRequests: [
    { ...upstreamRequest, ...answered, startMs: 2, ms: 21.4 },
    {
      ...upstreamRequest,
      ...answered,
      startMs: 24,
      ms: 33.5,
      status: 503,
      rows: null,
      error: 'UPSTREAM_UNAVAILABLE',
    },
  ],
  waits: [
    {
      upstream: 'LUCCA',
      reason: 'rate limit',
      why: 'employees',
      startMs: 0.5,
      ms: 1.5,
      isShared: false,
      error: null,
    },
  ],
  lists: [{ list: 'grades', upstream: 'NAVER', state: 'fresh', ageSeconds: 3.2, rows: 11, waitedMs: 0, error: null }],
  cost: [],
};
