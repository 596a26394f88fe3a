import { UpstreamError } from '../../errors.ts';
import { parseJson } from '../../http/json.ts';
import type { Network } from '../../http/network.ts';
import { type RowReader, readRows } from '../../http/rows.ts';
import { listedItemReaderOf, type NaverConfig } from '../../upstreams/naver/client.ts';
import { toUpstreamError, traceIdOf } from '../../upstreams/naver/errors.ts';
import { readRefusal } from '../../upstreams/naver/refusal.ts';
import { createTargets, type NaverResource } from '../../upstreams/naver/targets.ts';
import { createTransport } from '../../upstreams/naver/transport.ts';
import { anyBody, employeeReader, listWire } from '../../upstreams/naver/wire.ts';
import type { Limited } from '../../upstreams/upstreams.ts';
import { createConnection } from '../connection/connection.ts';
import { Journal } from '../journal.ts';
import { once } from '../once.ts';
import { openMonitor } from '../open-monitor.ts';
import { lastOffset, secondOffset } from '../paging.ts';
import type { Sample } from '../sample.ts';

/** A page with its raw body. */
export type NaverSample = Sample & { body: unknown };

export type NaverAccount = ReturnType<typeof openNaver>;

/** One company of NAVER WORKPLACE, read with the graph's own transport, signature and parsers. */
export function openNaver(settings: NaverConfig & Limited, network: Network) {
  const { baseUrl, companyId, pageSize } = settings;
  const journal = new Journal();
  const connection = createConnection({ variable: 'NAVER_BASE_URL', address: baseUrl, proxies: network.proxies });
  const monitor = openMonitor(settings.allowance);
  const transport = createTransport({ ...settings, network: { ...network, onResponse: journal.add } }, monitor);
  const targets = createTargets(baseUrl, companyId);

  function pageOf<Row>(resource: NaverResource, reader: RowReader<Row>, offset: number): Promise<NaverSample> {
    const subject = `the ${resource} list`;
    return transport.get(targets.list(resource, offset, pageSize), (response) => {
      if (response.status !== 200) throw toUpstreamError(response, readRefusal(response.text), subject);
      const context = { upstream: 'NAVER' as const, subject, traceId: traceIdOf(response.headers) };
      const { elements, totalCount } = parseJson(response.text, listWire, context);
      const read = readRows(elements, reader);
      const body = parseJson(response.text, anyBody, context);
      return { ...read, resource, raw: elements, asked: pageSize, total: totalCount, hasNext: false, body };
    });
  }

  const firstGrades = once(async () => {
    await connection.secured();
    return pageOf('grade', listedItemReaderOf('grade'), 0);
  });
  /** The first response shows whether NAVER accepts the signature. The key may still lack the right to this list. */
  const ready = once(async () => {
    try {
      await firstGrades();
    } catch (error) {
      if (!(error instanceof UpstreamError) || !isWithoutRight(error)) throw error;
    }
  });
  const after = (take: () => Promise<NaverSample>) =>
    once(async () => {
      await ready();
      return take();
    });
  const people = after(() => pageOf('employee', employeeReader, 0));
  return {
    ...{ journal, connection, ready, people },
    ...{ addressVariable: 'NAVER_BASE_URL', origin: new URL(baseUrl).origin, allowance: settings.allowance },
    grades: after(firstGrades),
    positions: after(() => pageOf('job', listedItemReaderOf('job'), 0)),
    furtherPeople: once(async () => {
      const first = await people();
      const pageAt = async (offset: number | null) =>
        offset === null ? null : pageOf('employee', employeeReader, offset);
      return { second: await pageAt(secondOffset(first)), last: await pageAt(lastOffset(first)) };
    }),
    sent: () => monitor.requests,
    close: async () => {
      connection.close();
      await transport.close();
    },
  };
}

/** Ncloud API, common error codes: with 210 and 230 the key itself is valid. */
const isWithoutRight = ({ vendorCode }: UpstreamError): boolean => vendorCode === '210' || vendorCode === '230';
