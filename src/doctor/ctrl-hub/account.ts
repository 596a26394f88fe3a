import { createSharing } from '../../domain/text.ts';
import { UpstreamError } from '../../errors.ts';
import type { Network } from '../../http/network.ts';
import { type ReadRows, readRows } from '../../http/rows.ts';
import { Related } from '../../upstreams/ctrl-hub/assignment-list.ts';
import { assignmentQuery, assignments } from '../../upstreams/ctrl-hub/assignment-reader.ts';
import type { CtrlHubConfig } from '../../upstreams/ctrl-hub/client.ts';
import { type FilterDialect, writeFilter } from '../../upstreams/ctrl-hub/filter-dialect.ts';
import { totalOf } from '../../upstreams/ctrl-hub/list-page.ts';
import { membersOf } from '../../upstreams/ctrl-hub/members.ts';
import { createSession, type Resource } from '../../upstreams/ctrl-hub/session.ts';
import { type ListDocument, memberReader } from '../../upstreams/ctrl-hub/wire.ts';
import type { Limited } from '../../upstreams/upstreams.ts';
import { createConnection } from '../connection/connection.ts';
import { Journal } from '../journal.ts';
import { once } from '../once.ts';
import { openMonitor } from '../open-monitor.ts';
import { lastOffset, secondOffset } from '../paging.ts';
import type { Sample } from '../sample.ts';

export type CtrlHubSample = Sample & { document: ListDocument; offset: number };

/** `rows` as the graph parses them, with their related objects. */
export type AssignmentSample = CtrlHubSample & {
  rows: readonly { userId: string; roleId: string }[];
  related: Related;
};

export type CtrlHubAccount = ReturnType<typeof openCtrlHub>;

/** One organisation, read with the graph's own session, requests and parsers. */
export function openCtrlHub(settings: CtrlHubConfig & Limited & { writes: boolean }, network: Network) {
  const { baseUrl, organisationId, pageSize, allowance } = settings;
  const journal = new Journal();
  const connection = createConnection({ variable: 'CTRL_HUB_BASE_URL', address: baseUrl, proxies: network.proxies });
  const monitor = openMonitor(allowance);
  const session = createSession({ ...settings, network: { ...network, onResponse: journal.add } }, monitor);

  function pageOf<Read extends ReadRows<unknown>>(
    resource: Resource,
    { offset = 0, limit = pageSize, query = '' },
    read: (document: ListDocument) => Read,
  ): Promise<Read & CtrlHubSample> {
    return session.get(resource, `limit=${limit}&offset=${offset}${query}`, (document) => {
      const rows = read(document);
      const { received } = rows;
      const total = totalOf(document.meta?.pagination, { offset, limit, received });
      const next = document.meta?.pagination?.offsets?.next ?? null;
      return {
        ...rows,
        ...{ document, offset, total, raw: document.data, asked: limit },
        resource: resource === assignments ? 'job-role-assignments' : 'members',
        hasNext: next !== null && next > offset,
      };
    });
  }

  const assignmentsFrom = (offset: number, filter = '', limit = pageSize): Promise<AssignmentSample> =>
    pageOf(assignments, { offset, limit, query: assignmentQuery(filter) }, (document) => {
      const related = new Related(null);
      return { ...related.toAssignments(document, { shared: createSharing(), hasOrganisations: true }), related };
    });
  const membersFrom = (offset: number): Promise<CtrlHubSample> =>
    pageOf(membersOf(organisationId), { offset }, ({ data }) => readRows(data, memberReader));

  const firstAssignments = once(async () => {
    await connection.secured();
    return assignmentsFrom(0);
  });
  /** The first response shows whether the session is valid. It may still lack the grant for this list. */
  const ready = once(async () => {
    try {
      await firstAssignments();
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.status !== 403) throw error;
    }
  });
  const members = once(async () => {
    await ready();
    return membersFrom(0);
  });
  return {
    ...{ settings, journal, connection, ready, members, allowance },
    ...{ addressVariable: 'CTRL_HUB_BASE_URL', origin: new URL(baseUrl).origin },
    assignments: once(async () => {
      await ready();
      return firstAssignments();
    }),
    furtherMembers: once(async () => {
      const first = await members();
      const pageAt = async (offset: number | null) => (offset === null ? null : membersFrom(offset));
      return { second: await pageAt(secondOffset(first)), last: await pageAt(lastOffset(first)) };
    }),
    /** The first assignments of one user, filtered in the given dialect. */
    assignmentsOf: (userId: string, dialect: FilterDialect) =>
      assignmentsFrom(0, writeFilter([['user', [userId]]], dialect), 10),
    sent: () => monitor.requests,
    close: async () => {
      connection.close();
      await session.close();
    },
  };
}
