import type { ZodType } from 'zod';
import type { NaverItem } from '../../domain/organisation.ts';
import type { NaverPerson } from '../../domain/people.ts';
import { createSharing } from '../../domain/text.ts';
import type { HttpResponse } from '../../http/client.ts';
import { invalidResponse, type JsonContext, parseJson } from '../../http/json.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import { type OnPage, walkOffsets } from '../../http/offset-walk.ts';
import { isNotFound, toUpstreamError, traceIdOf } from './errors.ts';
import type { SortOrderForm } from './item-body.ts';
import { createItemWrites, type ItemAccess, type ItemWrites } from './item-writes.ts';
import { readRefusal } from './refusal.ts';
import { createTargets, type NaverResource } from './targets.ts';
import { toKey, toNaverItem, toNaverPerson } from './to-domain.ts';
import { createTransport } from './transport.ts';
import { type WireItem, wireEmployeeList, wireItem, wireItemList } from './wire.ts';

export type NaverConfig = {
  /** https://workplace.apigw.ntruss.com, or a proxy's address with or without a path. */
  baseUrl: string;
  /** The "connection key" of Developers > Default settings. */
  companyId: string;
  accessKey: string;
  secretKey: string;
  /** Rows asked for at once. */
  pageSize: number;
  /** How writes put `sortOrder`: a number unless said otherwise. */
  sortOrderForm?: SortOrderForm;
  /** Unless given, without proxies. */
  network?: Network;
};

/** Errors of every method: all codes of UpstreamError but UPSTREAM_NOT_CONFIGURED. */
export type NaverClient = {
  /** All grades (직급), those out of use included, in NAVER's order. Rows without a key are left out. */
  grades(): Promise<NaverItem[]>;
  /** Null where no grade has the key. */
  grade(externalKey: string): Promise<NaverItem | null>;
  /** All job positions (직책), which NAVER calls jobs, as `grades`. */
  positions(): Promise<NaverItem[]>;
  position(externalKey: string): Promise<NaverItem | null>;
  /** All employees. Rows that hold no key, no address, no login and no number name nobody, and are left out. */
  people(): Promise<NaverPerson[]>;
  gradeWrites: ItemWrites;
  positionWrites: ItemWrites;
  close(): Promise<void>;
};

type WireList<Row> = { elements: Row[]; totalCount?: number | null | undefined };
type WireKeys = { externalKey?: string | null | undefined; empId?: string | null | undefined };

/**
 * NAVER WORKPLACE's organization API v2: grades, job positions and employees of one company. `onSkipped` is told how
 * many rows of a list were left out, where any were.
 */
export function createNaverClient(
  config: NaverConfig,
  monitor: UpstreamMonitor,
  onSkipped: (resource: NaverResource, count: number) => void = () => {},
): NaverClient {
  const transport = createTransport(config, monitor);
  const targets = createTargets(config.baseUrl, config.companyId);

  /** Rows are converted page by page: a directory is long, and what WORKPLACE sends of each person is as well. */
  function readList<Wire, Row extends WireKeys>(
    resource: NaverResource,
    schema: ZodType<WireList<Wire>>,
    toRow: (wire: Wire) => Row,
    onPage?: OnPage,
  ): Promise<Row[]> {
    return walkOffsets<Row>({
      onPage,
      upstream: 'NAVER',
      pageSize: config.pageSize,
      keyOf,
      readPage: (offset, limit) =>
        transport.get(targets.list(resource, offset, limit), (response) => {
          const context = contextOf(`the ${resource} list`, response);
          if (response.status !== 200) throw toUpstreamError(response, readRefusal(response.text), context.subject);
          const { elements, totalCount } = parseJson(response.text, schema, context);
          return { rows: elements.map(toRow), total: totalCount ?? null };
        }),
    });
  }

  const readItemRows = (resource: 'grade' | 'job'): Promise<WireItem[]> =>
    readList(resource, wireItemList, (row) => row);

  async function readItems(resource: 'grade' | 'job'): Promise<NaverItem[]> {
    const rows = await readItemRows(resource);
    const items = rows.flatMap((row) => {
      const externalKey = toKey(row.externalKey);
      return externalKey === null ? [] : [toNaverItem(externalKey, row)];
    });
    tellSkipped(resource, rows.length - items.length);
    return items;
  }

  async function readItem(resource: 'grade' | 'job', externalKey: string): Promise<NaverItem | null> {
    const row = await readRow(resource, externalKey);
    return row && toNaverItem(externalKey, row);
  }

  async function readRow(resource: 'grade' | 'job', externalKey: string): Promise<WireItem | null> {
    const target = targets.item(resource, externalKey);
    if (target === null) return null;
    return transport.get(target, (response) => {
      const context = contextOf(`the ${resource}`, response);
      if (response.status !== 200) {
        const refusal = readRefusal(response.text);
        if (isNotFound(response.status, refusal, resource)) return null;
        throw toUpstreamError(response, refusal, context.subject);
      }
      const row = parseJson(response.text, wireItem, context);
      if (row.externalKey !== externalKey) {
        throw invalidResponse(context, `Expected the ${resource} asked for, got one whose externalKey is not that.`);
      }
      return row;
    });
  }

  async function readPeople(): Promise<NaverPerson[]> {
    const shared = createSharing();
    const rows = await readList(
      'employee',
      wireEmployeeList,
      (row) => toNaverPerson(row, shared),
      monitor.directoryRead.bind(monitor),
    );
    const people = rows.filter(namesSomebody);
    tellSkipped('employee', rows.length - people.length);
    return people;
  }

  function tellSkipped(resource: NaverResource, count: number): void {
    if (count > 0) onSkipped(resource, count);
  }

  const writesOf = (resource: 'grade' | 'job', heldKey: (person: NaverPerson) => string | null): ItemWrites => {
    const access: ItemAccess = {
      resource,
      readRow: (externalKey) => readRow(resource, externalKey),
      readRows: () => readItemRows(resource),
      countHolders: async (key) => (await readPeople()).filter((it) => heldKey(it) === key).length,
    };
    return createItemWrites(access, transport, targets, config.sortOrderForm ?? 'number');
  };

  return {
    grades: () => readItems('grade'),
    grade: (externalKey) => readItem('grade', externalKey),
    positions: () => readItems('job'),
    position: (externalKey) => readItem('job', externalKey),
    people: readPeople,
    gradeWrites: writesOf('grade', (it) => it.gradeKey),
    positionWrites: writesOf('job', (it) => it.positionKey),
    close: () => transport.close(),
  };
}

const contextOf = (subject: string, { headers }: HttpResponse): JsonContext => ({
  upstream: 'NAVER',
  subject,
  traceId: traceIdOf(headers),
});

/** The two kinds of key never equal each other. */
function keyOf(row: WireKeys): string | null {
  const externalKey = toKey(row.externalKey);
  if (externalKey !== null) return `externalKey ${externalKey}`;
  const empId = toKey(row.empId);
  return empId === null ? null : `empId ${empId}`;
}

function namesSomebody({ externalKey, empId, loginId, email, employeeNumber }: NaverPerson): boolean {
  return [externalKey, empId, loginId, email, employeeNumber].some((it) => it !== null);
}
