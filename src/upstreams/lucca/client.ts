import type { Reading } from '../../domain/list-reading.ts';
import type { JobQualification, Profession } from '../../domain/organisation.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import { createLuccaApi } from './api.ts';
import { type EmployeeList, readingOfEmployees } from './employees.ts';
import { createLists, type ListQuery } from './lists.ts';
import { jobQualifications, professions } from './resources.ts';
import type { LuccaList } from './walk.ts';

export type { EmployeeList, LuccaList };

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
  /** Unless given, without proxies. */
  network?: Network;
};

/**
 * What the graph reads of Lucca: whole lists, each in readings that go on from an earlier one. Lists hold no one twice,
 * and leave out what Lucca does not show to this client. All attempts may throw an UpstreamError.
 */
export type LuccaClient = {
  /** All employees by id order, walked by cursor. */
  employees(previous: EmployeeList | null): Reading<EmployeeList>;
  jobQualifications(previous: LuccaList<JobQualification> | null): Reading<LuccaList<JobQualification>>;
  /** Archived ones included. */
  professions(previous: LuccaList<Profession> | null): Reading<LuccaList<Profession>>;
  close(): Promise<void>;
};

const whole: ListQuery = { filters: [], include: ['totalCount'] };

/** A client of one tenant (Lucca API, Api-Version 2024-11-01). One access token serves all concurrent calls. */
export function createLuccaClient(config: LuccaConfig, monitor: UpstreamMonitor): LuccaClient {
  const api = createLuccaApi(config, monitor);
  const lists = createLists(api);
  return {
    employees: (previous) => readingOfEmployees(lists, previous),
    jobQualifications: (previous) => lists.reading(jobQualifications, whole, previous),
    professions: (previous) => lists.reading(professions, whole, previous),
    close: () => api.close(),
  };
}
