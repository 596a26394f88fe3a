import type { JobQualification, Profession } from '../../domain/organisation.ts';
import type { Employment, JobPosition, LuccaEmployee } from '../../domain/people.ts';
import { InputError } from '../../errors.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import { createLuccaApi } from './api.ts';
import { askableValues, type LuccaEmployeesFilter, listParameters, matches, toParameters } from './employees-query.ts';
import { ExpiredPageError } from './expired-page-error.ts';
import { getJobQualification } from './job-qualification.ts';
import { batchesOf, isAskable, toList } from './list-filter.ts';
import { createLists, type Identified, type ListQuery, maxPageSize, mayBeToken } from './lists.ts';
import { employees, employments, jobPositions, jobQualifications, professions, type Resource } from './resources.ts';

export type { LuccaEmployeesFilter } from './employees-query.ts';

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

export type LuccaEmployeesQuery = {
  filter?: LuccaEmployeesFilter;
  order?: 'familyName' | '-familyName' | 'createdAt' | '-createdAt';
  /** The `next` of an earlier page of the same query. */
  page?: string;
  /** 1..100. */
  limit: number;
  embedded: boolean;
  totalCount: boolean;
};

export type LuccaPage = { employees: LuccaEmployee[]; next: string | null; totalCount: number | null };

/** With `embedded`, job positions and employments come along where Lucca is willing to embed them. */
export type LuccaEmbedding = { embedded: boolean };

/**
 * What the graph asks Lucca. Lists are in no promised order unless said, hold no one twice, and leave out what Lucca
 * does not know, does not show to this client, or cannot be asked for. All may throw an UpstreamError.
 */
export type LuccaClient = {
  /**
   * One page. Throws ExpiredPageError for a page token that Lucca does not know (any more), and InputError for a limit
   * or a filter that no request can carry. `totalCount` is null where it was not asked for or cannot be trusted.
   */
  employees(query: LuccaEmployeesQuery): Promise<LuccaPage>;
  /** All employees by id order, walked by cursor. */
  allEmployees(options: LuccaEmbedding): Promise<LuccaEmployee[]>;
  employeesById(ids: readonly string[], options: LuccaEmbedding): Promise<LuccaEmployee[]>;
  /** Lucca compares addresses strictly: they are sent as given. One address may belong to two employees. */
  employeesByEmail(emails: readonly string[], options: LuccaEmbedding): Promise<LuccaEmployee[]>;
  /** By the job qualification of the applicable job position. */
  employeesByJobQualification(ids: readonly string[], options: LuccaEmbedding): Promise<LuccaEmployee[]>;
  jobPositionsById(ids: readonly string[]): Promise<JobPosition[]>;
  employmentsById(ids: readonly string[]): Promise<Employment[]>;
  /** The whole list: Lucca filters it by rank and profession only. */
  jobQualifications(): Promise<JobQualification[]>;
  /** Null where there is none. `ifMatch` is an ETag: another version is then UPSTREAM_INVALID_RESPONSE. */
  jobQualification(id: string, options?: { ifMatch?: string }): Promise<JobQualification | null>;
  /** The whole list, archived ones included. */
  professions(): Promise<Profession[]>;
  /** Drops what is remembered of earlier answers. */
  forget(): void;
  close(): Promise<void>;
};

/** A client of one tenant (Lucca API, Api-Version 2024-11-01). One access token serves all concurrent calls. */
export function createLuccaClient(config: LuccaConfig, monitor: UpstreamMonitor): LuccaClient {
  const baseUrl = new URL(config.baseUrl);
  const api = createLuccaApi(config, monitor);
  const lists = createLists(api, baseUrl);

  const whole: ListQuery = { filters: [], limit: maxPageSize, include: [] };

  async function inBatches<Row extends Identified>(
    resource: Resource<Row>,
    filter: string,
    values: readonly string[],
    include: ListQuery['include'] = [],
  ): Promise<Row[]> {
    const found = await Promise.all(
      batchesOf(values).map((batch) => lists.all(resource, { ...whole, filters: [[filter, toList(batch)]], include })),
    );
    return [...new Map(found.flat().map((it) => [it.luccaId, it])).values()];
  }

  async function byId<Row extends Identified>(resource: Resource<Row>, ids: readonly string[]) {
    const asked = new Set(ids);
    return (await inBatches(resource, 'id', ids.filter(isAskable))).filter((it) => asked.has(it.luccaId));
  }

  async function employeesBy(
    list: 'ids' | 'emails' | 'jobQualificationIds',
    filter: LuccaEmployeesFilter,
    { embedded }: LuccaEmbedding,
  ) {
    const values = askableValues(filter, list) ?? [];
    const found = await inBatches(employees, listParameters[list], values, including(embedded));
    return found.filter(matches(filter));
  }

  return {
    async employees({ filter = {}, order, page, limit, embedded, totalCount }) {
      if (!Number.isInteger(limit) || limit < 1 || limit > maxPageSize) {
        throw new InputError(`limit must be a whole number from 1 to ${maxPageSize}.`);
      }
      if (page !== undefined && !mayBeToken(page)) throw new ExpiredPageError();
      const filters = toParameters(filter);
      if (filters === null) return { employees: [], next: null, totalCount: totalCount ? 0 : null };
      const include = [...including(embedded), ...(totalCount ? (['totalCount'] as const) : [])];
      const found = await lists.page(employees, { filters, sort: order, limit, include }, page);
      const rows = found.rows.filter(matches(filter));
      // A total that counts people who were not asked for is no total.
      const isTrusted = rows.length === found.rows.length;
      return { employees: rows, next: found.next, totalCount: isTrusted ? found.totalCount : null };
    },
    allEmployees: ({ embedded }) =>
      lists.all(
        employees,
        { ...whole, sort: 'id', include: [...including(embedded), 'totalCount'] },
        monitor.directoryRead.bind(monitor),
      ),
    employeesById: (ids, options) => employeesBy('ids', { ids }, options),
    employeesByEmail: (emails, options) => employeesBy('emails', { emails }, options),
    employeesByJobQualification: (ids, options) =>
      employeesBy('jobQualificationIds', { jobQualificationIds: ids }, options),
    jobPositionsById: (ids) => byId(jobPositions, ids),
    employmentsById: (ids) => byId(employments, ids),
    jobQualifications: () => lists.all(jobQualifications, whole),
    jobQualification: (id, { ifMatch } = {}) => getJobQualification(api, id, ifMatch),
    professions: () => lists.all(professions, whole),
    forget: () => api.forget(),
    close: () => api.close(),
  };
}

const including = (embedded: boolean): ListQuery['include'] => (embedded ? ['embedded'] : []);
