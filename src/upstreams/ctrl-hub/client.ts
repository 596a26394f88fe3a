import type { CtrlHubUser } from '../../domain/people.ts';
import type { Assignment } from '../../domain/writes.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import { type AssignmentFilter, questionsFor } from './assignment-filter.ts';
import type { AssignmentPage } from './assignment-page.ts';
import { type AssignmentInclude, createAssignmentReader } from './assignment-reader.ts';
import { createAssignmentLists } from './assignments.ts';
import { type AssignmentCreation, createAssignmentWriter } from './create-assignment.ts';
import type { FilterDialect } from './filter-dialect.ts';
import { createMemberReader } from './members.ts';
import { readRolesById } from './roles-by-id.ts';
import { createSession } from './session.ts';

export type { AssignmentCreation, AssignmentFilter, AssignmentInclude, AssignmentPage };

export type CtrlHubConfig = {
  /** https://api.ctrl-hub.com, without /v3. A trailing slash or a path prefix does no harm. */
  baseUrl: string;
  sessionToken: string;
  organisationId: string;
  /** Rows asked for at once. */
  pageSize: number;
  filterDialect: FilterDialect;
  /** Unless given, without proxies. */
  network?: Network;
};

/**
 * What we ask Ctrl Hub. Ids are lower-case UUIDs; other ids from callers match nothing and cause no request. All
 * methods throw UpstreamError: UPSTREAM_AUTH_FAILED for a session that has expired or may not read,
 * UPSTREAM_RATE_LIMITED, UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE, UPSTREAM_INVALID_RESPONSE.
 */
export type CtrlHubClient = {
  /** As configured: the `limit` of a page from which `assignments` can go on. */
  readonly pageSize: number;
  /**
   * One page in Ctrl Hub's order, `limit` from 1. Where Ctrl Hub cannot be asked for the filter in one request, or
   * sends a row that does not match, the page and its total are cut from the whole list. A page whose rows all match is
   * believed.
   */
  assignmentPage(query: {
    filter?: AssignmentFilter;
    include: readonly AssignmentInclude[];
    offset: number;
    limit: number;
  }): Promise<AssignmentPage>;
  /**
   * Every assignment that matches; pages after the first in parallel. `first` saves reading a page again: the very
   * object that `assignmentPage` gave for the same filter and include, at offset 0 with `pageSize` as its limit.
   */
  assignments(query: {
    filter?: AssignmentFilter;
    include: readonly AssignmentInclude[];
    first?: AssignmentPage;
  }): Promise<AssignmentPage>;
  /**
   * The job roles with these ids, as far as somebody holds them: Ctrl Hub tells of roles with assignments only. The
   * assignments are those met on the way: not all where `hasNext` is true.
   */
  rolesById(ids: readonly string[], include: readonly AssignmentInclude[]): Promise<AssignmentPage>;
  /** All members of the organisation; pages after the first in parallel. */
  members(): Promise<CtrlHubUser[]>;
  /**
   * Ids are lower-case UUIDs, `type` is neither blank nor surrounded by blanks. An assignment found only after our own
   * reply was lost counts as created by us. What Ctrl Hub refuses besides is thrown: UPSTREAM_INVALID_RESPONSE with a
   * status below 500.
   */
  createAssignment(assignment: Assignment): Promise<AssignmentCreation>;
  close(): Promise<void>;
};

export function createCtrlHubClient(config: CtrlHubConfig, monitor: UpstreamMonitor): CtrlHubClient {
  const { pageSize, filterDialect } = config;
  const session = createSession(config, monitor);
  const reader = createAssignmentReader(session, pageSize);
  const questionsOf = (filter: AssignmentFilter) => questionsFor(filter, filterDialect);
  return {
    pageSize,
    ...createAssignmentLists(reader, pageSize, questionsOf),
    ...createMemberReader(session, config, monitor.directoryRead.bind(monitor)),
    rolesById: (ids, include) => readRolesById(reader, questionsOf, { ids, include, pageSize }),
    createAssignment: createAssignmentWriter(session, reader, questionsOf),
    close: () => session.close(),
  };
}
