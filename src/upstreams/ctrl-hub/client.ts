import type { Reading } from '../../domain/list-reading.ts';
import type { Assignment } from '../../domain/writes.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import type { AssignmentList } from './assignment-list.ts';
import { createAssignmentReader } from './assignment-reader.ts';
import { type AssignmentCreation, createAssignmentWriter } from './create-assignment.ts';
import type { FilterDialect } from './filter-dialect.ts';
import { createMemberReader, type MemberList } from './members.ts';
import { createSession } from './session.ts';

export type { AssignmentList };

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
 * What we ask Ctrl Hub. Ids are lower-case UUIDs. All methods and attempts throw UpstreamError: UPSTREAM_AUTH_FAILED for
 * a session that has expired or may not read, UPSTREAM_RATE_LIMITED, UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE,
 * UPSTREAM_INVALID_RESPONSE.
 */
export type CtrlHubClient = {
  /** Every visible assignment, with the users, roles and organisations that it leads to. */
  assignments(previous: AssignmentList | null): Reading<AssignmentList>;
  /** All members of the organisation. */
  members(previous: MemberList | null): Reading<MemberList>;
  /**
   * Ids are lower-case UUIDs, `type` is neither blank nor surrounded by blanks. The assignment is read back with what it
   * leads to. One found only after our own reply was lost counts as created by us. What Ctrl Hub refuses besides is
   * thrown: UPSTREAM_INVALID_RESPONSE with a status below 500.
   */
  createAssignment(assignment: Assignment): Promise<AssignmentCreation>;
  close(): Promise<void>;
};

export function createCtrlHubClient(config: CtrlHubConfig, monitor: UpstreamMonitor): CtrlHubClient {
  const session = createSession(config, monitor);
  const reader = createAssignmentReader(session, config.pageSize);
  return {
    assignments: reader.readAll,
    members: createMemberReader(session, config),
    createAssignment: createAssignmentWriter(session, reader, config.filterDialect),
    close: () => session.close(),
  };
}
