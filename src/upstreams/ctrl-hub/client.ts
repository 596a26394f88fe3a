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
  /** https://api.ctrl-hub.com, without /v3. May have a trailing slash or a path prefix. */
  baseUrl: string;
  sessionToken: string;
  organisationId: string;
  /** Rows requested per page. */
  pageSize: number;
  filterDialect: FilterDialect;
  /** Absent: no proxy. */
  network?: Network;
};

/**
 * Client of Ctrl Hub. Ids are lower-case UUIDs. All methods and attempts throw UpstreamError: UPSTREAM_AUTH_FAILED for
 * a session that has expired or lacks the right to read, UPSTREAM_RATE_LIMITED, UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE,
 * UPSTREAM_INVALID_RESPONSE.
 */
export type CtrlHubClient = {
  /** All visible assignments with their users, roles and organisations. */
  assignments(previous: AssignmentList | null): Reading<AssignmentList>;
  /** All members of the organisation. */
  members(previous: MemberList | null): Reading<MemberList>;
  /**
   * Creates an assignment and reads it back with its related resources. Ids are lower-case UUIDs; `type` is neither
   * blank nor surrounded by blanks. An equal assignment found after a lost response counts as created by us. Any other
   * refusal by Ctrl Hub is thrown as UPSTREAM_INVALID_RESPONSE with a status below 500.
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
