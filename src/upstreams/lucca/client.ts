import type { Reading } from '../../domain/list-reading.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import { createLuccaApi } from './api.ts';
import { type EmployeeList, readingOfEmployees } from './employees.ts';
import { createLists, type ListQuery, type Lists } from './lists.ts';
import type { Resource } from './resource.ts';
import { employees, employments, jobPositions, jobQualifications, professions } from './resources.ts';
import type { TokenStore } from './token-store.ts';
import type { Identified, LuccaList } from './walk.ts';

export type { EmployeeList };

export type LuccaConfig = {
  /** https://acme.ilucca.net/lucca-api: the tenant's host, with any path prefix. */
  baseUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  /** A release date, such as 2024-11-01. */
  apiVersion: string;
  /** Separated by spaces. */
  scopes: string;
  /** Absent: no proxy. */
  network?: Network;
  /** Absent: this process requests its own access token. */
  tokenStore?: TokenStore;
};

export type LuccaClient = ReturnType<typeof createLuccaClient>;

/** The short lists, archived rows included, by their names in the graph. */
const shortLists = { jobQualifications, professions };

/** The OAuth scopes that the client needs (Lucca docs: OAuth scopes). */
export const scopesRead: readonly string[] = [
  ...new Set([employees, employments, jobPositions, ...Object.values(shortLists)].map(({ scope }) => scope)),
];

/**
 * Client of one tenant (Lucca API, Api-Version 2024-11-01). It reads whole lists; each reading builds on an earlier
 * one. A list holds each row once, without rows that Lucca does not show to this API client. All attempts throw
 * UpstreamError. Concurrent calls share one access token.
 */
export function createLuccaClient(config: LuccaConfig, monitor: UpstreamMonitor) {
  const api = createLuccaApi(config, monitor);
  const lists = createLists(api, config.network?.onRemark);
  return {
    /** All employees, sorted by id, paged by cursor. */
    employees: (previous: EmployeeList | null) => readingOfEmployees(lists, previous),
    ...readsOf(shortLists, lists),
    close: () => api.close(),
  };
}

type Read<Row> = (previous: LuccaList<Row> | null) => Reading<LuccaList<Row>>;

/** The query for the short lists. */
export const whole: ListQuery = { filters: [], include: ['totalCount'] };

function readsOf<Rows extends Record<string, Identified>>(
  resources: { [Name in keyof Rows]: Resource<Rows[Name]> },
  lists: Lists,
): { [Name in keyof Rows]: Read<Rows[Name]> };
function readsOf(resources: Record<string, Resource<Identified>>, lists: Lists): Record<string, Read<Identified>> {
  const readOf =
    (resource: Resource<Identified>): Read<Identified> =>
    (previous) =>
      lists.reading(resource, whole, previous);
  return Object.fromEntries(Object.entries(resources).map(([name, resource]) => [name, readOf(resource)]));
}
