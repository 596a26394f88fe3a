import { createSharing } from '../../domain/text.ts';
import { UpstreamError } from '../../errors.ts';
import { parseJson } from '../../http/json.ts';
import { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import { createAccessTokens } from '../../upstreams/lucca/access-tokens.ts';
import { createLuccaApi, type LuccaApi } from '../../upstreams/lucca/api.ts';
import { type LuccaConfig, whole } from '../../upstreams/lucca/client.ts';
import { employeesQuery } from '../../upstreams/lucca/employees.ts';
import { type ListQuery, pageSize, pathOf } from '../../upstreams/lucca/lists.ts';
import { pageTokenIn } from '../../upstreams/lucca/page-token.ts';
import type { Resource } from '../../upstreams/lucca/resource.ts';
import { employees, jobQualifications, professions } from '../../upstreams/lucca/resources.ts';
import { listWire } from '../../upstreams/lucca/wire.ts';
import type { Limited } from '../../upstreams/upstreams.ts';
import { createConnection } from '../connection/connection.ts';
import { Journal } from '../journal.ts';
import { once } from '../once.ts';
import { openMonitor } from '../open-monitor.ts';
import type { Sample } from '../sample.ts';
import { events, eventsQuery } from './events.ts';

/** A page with its parsed rows. `nextHref` is null on the last page. */
export type LuccaSample<Row> = Sample & {
  rows: readonly Row[];
  path: string;
  etag: string | null;
  nextHref: string | null;
};

/** The scopes that the token endpoint grants this client, and the scopes of LUCCA_SCOPES that it refuses. */
export type Granted = { granted: readonly string[]; refused: readonly string[] };

export type LuccaAccount = ReturnType<typeof openLucca>;

/** One tenant, read with the graph's own tokens, requests and parsers. */
export function openLucca(settings: LuccaConfig & Limited, network: Network) {
  const { baseUrl, tokenUrl, allowance } = settings;
  const { proxies } = network;
  const journal = new Journal();
  const journaled = { ...network, onResponse: journal.add };
  const connection = createConnection({ variable: 'LUCCA_BASE_URL', address: baseUrl, proxies });
  const tokenConnection = createConnection({ variable: 'LUCCA_TOKEN_URL', address: tokenUrl, proxies });
  const monitor = openMonitor(allowance);
  const closers: (() => Promise<void>)[] = [];

  const exactly = (scopes: string) => ({ scopes, mayLackScopes: false });

  /** Throws if the token endpoint grants no token for these scopes. */
  async function tryScopes(scopes: string): Promise<void> {
    const tokens = createAccessTokens({ ...settings, ...exactly(scopes), network: journaled }, new UpstreamMonitor());
    try {
      await tokens.current();
    } finally {
      await tokens.close();
    }
  }

  const isGranted = (scope: string): Promise<boolean> =>
    tryScopes(scope).then(
      () => true,
      (error: unknown) => {
        if (error instanceof UpstreamError && error.code === 'UPSTREAM_AUTH_FAILED') return false;
        throw error;
      },
    );

  /** One refused scope fails the whole token request, so each scope is then tried alone. */
  const ready = once(async (): Promise<Granted> => {
    await tokenConnection.secured();
    const asked = settings.scopes.split(' ');
    try {
      await tryScopes(settings.scopes);
      return { granted: asked, refused: [] };
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.code !== 'UPSTREAM_AUTH_FAILED') throw error;
      const granted: string[] = [];
      for (const scope of asked) if (await isGranted(scope)) granted.push(scope);
      if (granted.length === 0) throw error;
      return { granted, refused: asked.filter((scope) => !granted.includes(scope)) };
    }
  });

  const opened = (scopes: string): LuccaApi => {
    const api = createLuccaApi({ ...settings, ...exactly(scopes), network: journaled }, monitor);
    closers.push(() => api.close());
    return api;
  };
  const api = once(async () => {
    const { granted } = await ready();
    await connection.secured();
    return opened(granted.join(' '));
  });

  async function pageOf<Row>(
    through: LuccaApi,
    resource: Resource<Row>,
    query: ListQuery,
    token: string | null = null,
  ): Promise<LuccaSample<Row>> {
    const path = pathOf(resource, query, token);
    const asked = { ...resource, path, etag: null, isLaterPage: token !== null };
    const context = { upstream: 'LUCCA' as const, subject: resource.subject };
    const answer = await through.get({
      ...asked,
      read: (text) => {
        const { nextHref, totalCount, ...read } = resource.read(text, createSharing());
        const { items } = parseJson(text, listWire, context);
        return { ...read, raw: items, total: totalCount, hasNext: nextHref !== null, nextHref };
      },
    });
    if (answer === 'not modified') throw new Error('Lucca answered 304 to a request without an ETag.');
    return { ...answer.value, resource: resource.path, asked: pageSize, path, etag: answer.etag };
  }

  const people = once(async () => pageOf(await api(), employees, employeesQuery));
  return {
    ...{ settings, journal, connection, tokenConnection, ready, people, allowance, isGranted },
    ...{ addressVariable: 'LUCCA_BASE_URL', origin: new URL(baseUrl).origin },
    qualifications: once(async () => pageOf(await api(), jobQualifications, whole)),
    professions: once(async () => pageOf(await api(), professions, whole)),
    /** Null if the first page is the last one, or its next link has no page token. */
    secondPeople: once(async () => {
      const { nextHref } = await people();
      const token = nextHref === null ? null : pageTokenIn(nextHref);
      return token === null ? null : pageOf(await api(), employees, employeesQuery, token);
    }),
    /** Whether the unchanged first page of employees gives 304 without a body; null if the page has no ETag. */
    unchangedPeople: once(async () => {
      const { path, etag } = await people();
      if (etag === null) return null;
      const { subject, scope } = employees;
      const answer = await (await api()).get({ subject, scope, path, etag, isLaterPage: false, read: () => null });
      return answer === 'not modified';
    }),
    /** Reads one row of a list by id, as the graph does for rows that employees do not embed. */
    byId: async <Row>(resource: Resource<Row>, id: string) =>
      pageOf(await api(), resource, { filters: [['id', encodeURIComponent(id)]], include: [] }),
    /** Null if the client has no scope for the event log. */
    eventLog: once(async () => {
      await ready();
      if (!(await isGranted(events.scope))) return null;
      await connection.secured();
      return pageOf(opened(events.scope), events, eventsQuery);
    }),
    sent: () => monitor.requests,
    close: async () => {
      connection.close();
      tokenConnection.close();
      await Promise.all(closers.map((close) => close()));
    },
  };
}
