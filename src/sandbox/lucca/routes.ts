import { Problem } from './problems.ts';
import type { Resource } from './resource.ts';
import { resources } from './resources.ts';

export type Route = { methods: string[] } & ({ resource: 'token' } | { resource: Resource; id: string | undefined });

/**
 * Finds the resource of a path, or throws 404. Assumed: case does not matter, except in ids, and there is no trailing slash.
 * There are no writes, because Lucca documents none for these resources (Users migration guide).
 */
export function findRoute(path: string): Route {
  if (path.toLowerCase() === '/connect/token') return { methods: ['POST'], resource: 'token' };
  const [, collection = '', id] = /^\/lucca-api\/([^/]+)(?:\/([^/]+))?$/i.exec(path) ?? [];
  const resource = resources.get(collection.toLowerCase());
  if (resource === undefined) throw new Problem(404, 'There is nothing at this path.');
  return { methods: ['GET', 'HEAD'], resource, id: id === undefined ? undefined : decoded(id) };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Problem(404, 'There is nothing at this path.');
  }
}
