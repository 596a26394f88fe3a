import { GatewayRefusal, gatewayErrors } from './gateway-error.ts';

const resources = ['grade', 'job', 'employee'] as const;

type Resource = (typeof resources)[number];

/** `externalKey` is null for the collection. */
export type Route = { companyId: string; resource: Resource; externalKey: string | null };

const PATH = /^\/organization\/apigw\/v2\/company\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/;

/** The methods of an item. A collection supports only GET. */
const ITEM_METHODS: Record<Resource, readonly string[]> = {
  grade: ['GET', 'POST', 'PUT', 'DELETE'],
  job: ['GET', 'POST', 'PUT', 'DELETE'],
  employee: ['GET'],
};

/**
 * Parses the path of a request. Segments are case-sensitive, and an empty key (`/grade/`) is not a route. Throws
 * GatewayRefusal: 404 for another path or method, 400 for a percent-encoding that is not UTF-8.
 */
export function findRoute(method: string, path: string): Route {
  const [, companyId = '', segment, externalKey = null] = PATH.exec(path) ?? [];
  const resource = resources.find((candidate) => candidate === segment);
  if (resource === undefined) throw unknownRoute();
  const methods = externalKey === null ? ['GET'] : ITEM_METHODS[resource];
  if (!methods.includes(method)) throw unknownRoute();
  return { companyId: decoded(companyId), resource, externalKey: externalKey === null ? null : decoded(externalKey) };
}

function unknownRoute(): GatewayRefusal {
  return new GatewayRefusal(gatewayErrors.notFound, 'URL not found.');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new GatewayRefusal(gatewayErrors.badRequest);
  }
}
