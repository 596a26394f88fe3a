import { operationIds } from './generated/operation-ids.ts';

type Fetch = typeof fetch;

/**
 * Sends the id of an operation in place of its text, in the form that Apollo and urql use as well. A server that does
 * not know the id has run nothing: it is sent the text then, once, and from then on at once.
 */
export function sendingIds(send: Fetch): Fetch {
  const unknownIds = new Set<string>();
  return async (address, init) => {
    const request = requestIn(init?.body);
    const id = operationIds[request?.operationName ?? ''];
    if (request === null || id === undefined || unknownIds.has(id)) return send(address, init);
    const persistedQuery = { version: 1, sha256Hash: id };
    const response = await send(address, {
      ...init,
      body: JSON.stringify({ ...request, extensions: { persistedQuery } }),
    });
    if (!(await isUnknown(response))) return response;
    unknownIds.add(id);
    return send(address, init);
  };
}

/** What graphql-request has written, without the text. */
function requestIn(body: unknown): { operationName?: string; variables?: unknown } | null {
  if (typeof body !== 'string') return null;
  const { operationName, variables } = JSON.parse(body);
  return { operationName, variables };
}

async function isUnknown(response: Response): Promise<boolean> {
  const answer: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (typeof answer !== 'object' || answer === null || !('errors' in answer)) return false;
  return Array.isArray(answer.errors) && answer.errors.some((it) => it?.message === 'PersistedQueryNotFound');
}
