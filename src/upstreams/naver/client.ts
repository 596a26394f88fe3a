import type { ListOf, Reading } from '../../domain/list-reading.ts';
import type { NaverItem } from '../../domain/organisation.ts';
import { type NaverPerson, naverKeyOf } from '../../domain/people.ts';
import { createRowSharing, sharedList } from '../../domain/row-sharing.ts';
import { createSharing } from '../../domain/text.ts';
import type { HttpResponse } from '../../http/client.ts';
import { invalidResponse, type JsonContext, parseJson } from '../../http/json.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import type { Network } from '../../http/network.ts';
import { readingOfOffsets } from '../../http/offset-walk.ts';
import { isUnknownRow, type RowReader, readRows } from '../../http/rows.ts';
import { isNotFound, toUpstreamError, traceIdOf } from './errors.ts';
import type { SortOrderForm } from './item-body.ts';
import { createItemWrites, type ItemAccess, type ItemWrites } from './item-writes.ts';
import { readRefusal } from './refusal.ts';
import { createTargets, type NaverResource } from './targets.ts';
import { toKey, toNaverItem, toNaverPerson } from './to-domain.ts';
import { createTransport } from './transport.ts';
import { employeeReader, itemReaderOf, listWire, type WireEmployee, type WireItem, wireItem } from './wire.ts';

export type NaverConfig = {
  /** https://workplace.apigw.ntruss.com, or a proxy's address with or without a path. */
  baseUrl: string;
  /** The "connection key" from Developers > Default settings. */
  companyId: string;
  accessKey: string;
  secretKey: string;
  /** Rows requested per page. */
  pageSize: number;
  /** The type of `sortOrder` in writes; a number by default. */
  sortOrderForm?: SortOrderForm;
  /** Absent: no proxy. */
  network?: Network;
};

type ItemList = ListOf<NaverItem>;
type PersonList = ListOf<NaverPerson>;

/** Client of NAVER WORKPLACE. Every method can throw an UpstreamError with any code except UPSTREAM_NOT_CONFIGURED. */
export type NaverClient = {
  /** All grades (직급), including unused ones, in NAVER's order. Rows without a key are skipped. */
  grades(previous: ItemList | null): Reading<ItemList>;
  /** All job positions (직책), which NAVER calls jobs; otherwise like `grades`. */
  positions(previous: ItemList | null): Reading<ItemList>;
  /** All employees. Rows without a key, address, login and number identify nobody, and are skipped. */
  people(previous: PersonList | null): Reading<PersonList>;
  gradeWrites: ItemWrites;
  positionWrites: ItemWrites;
  close(): Promise<void>;
};

type WireKeys = { externalKey?: string | null | undefined; empId?: string | null | undefined };

/** NAVER WORKPLACE's organization API v2: grades, job positions and employees of one company. */
export function createNaverClient(config: NaverConfig, monitor: UpstreamMonitor): NaverClient {
  const transport = createTransport(config, monitor);
  const targets = createTargets(config.baseUrl, config.companyId);

  /** Reads a list, and converts rows page by page: a directory is long, and WORKPLACE sends much per person. */
  function readingOfList<Wire extends WireKeys, Row>(
    resource: NaverResource,
    reader: RowReader<Wire>,
    toRow: (wire: Wire) => Row,
    { keyOf, previous }: { keyOf: (row: Row) => string | null; previous: ListOf<Row> | null },
  ): Reading<ListOf<Row>> {
    const shareRow = createRowSharing<Row>(previous?.rows, keyOf);
    const subject = `the ${resource} list`;
    const pages = readingOfOffsets<Listed<Row>>({
      upstream: 'NAVER',
      subject,
      resource,
      pageSize: config.pageSize,
      keyOf: ({ key }) => key,
      onRemark: config.network?.onRemark,
      readPage: (offset, limit) =>
        transport.get(
          targets.list(resource, offset, limit),
          (response) => {
            const context = contextOf(subject, response);
            if (response.status !== 200) throw toUpstreamError(response, readRefusal(response.text), subject);
            const { elements, totalCount } = parseJson(response.text, listWire, context);
            const read = readRows(elements, reader);
            const rows = read.rows.map((wire) => ({ key: keyIn(wire), row: shareRow(toRow(wire)) }));
            return { ...read, rows, total: totalCount };
          },
          receivedIn,
        ),
    });
    return {
      asks: { method: 'GET', path: targets.list(resource, 0, 0).route, rows: config.pageSize, before: null },
      attempt: async (onProgress) => {
        const list = await pages.attempt(onProgress);
        const rows = list.rows.map(({ row }) => row);
        return { ...list, rows: sharedList(previous?.rows, rows) };
      },
    };
  }

  /** All rows, including those without a key. */
  const readingOfRows = (resource: 'grade' | 'job'): Reading<ListOf<WireItem>> =>
    readingOfList(resource, itemReaderOf(resource), (wire) => wire, { keyOf: () => null, previous: null });

  function readingOfItems(resource: 'grade' | 'job', previous: ItemList | null): Reading<ItemList> {
    const reader = listedItemReaderOf(resource);
    const toItem = (wire: WireItem) => toNaverItem(toKey(wire.externalKey) ?? '', wire);
    return readingOfList(resource, reader, toItem, { keyOf: (item) => item.externalKey, previous });
  }

  function readingOfPeople(previous: PersonList | null): Reading<PersonList> {
    const shared = createSharing();
    const toPerson = (wire: WireEmployee) => toNaverPerson(wire, shared);
    return readingOfList('employee', employeeReader, toPerson, { keyOf: naverKeyOf, previous });
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
      const { rows, skipped } = readRows([parseJson(response.text, wireItem, context)], itemReaderOf(resource));
      const [row] = rows;
      if (row === undefined)
        throw invalidResponse(context, `${context.subject} cannot be read: ${skipped[0]?.reason}.`);
      if (row.externalKey !== externalKey) throw invalidResponse(context, otherThan(externalKey, row, resource));
      return row;
    });
  }

  const writesOf = (resource: 'grade' | 'job', keyHeldBy: (person: NaverPerson) => string | null): ItemWrites => {
    const access: ItemAccess = {
      resource,
      readRow: (externalKey) => readRow(resource, externalKey),
      readRows: async () => (await readingOfRows(resource).attempt(() => undefined)).rows,
      countHolders: async (key) => {
        const { rows, skipped } = await readingOfPeople(null).attempt(() => undefined);
        const holders = rows.filter((person) => keyHeldBy(person) === key).length;
        const unknown = skipped.filter((row) => isUnknownRow(row) || row.reason.startsWith(resource)).length;
        if (holders === 0 && unknown > 0) throw invalidResponse(employeesContext, mayHold(resource, unknown));
        return holders;
      },
    };
    return createItemWrites(access, transport, targets, config.sortOrderForm ?? 'number');
  };

  return {
    grades: (previous) => readingOfItems('grade', previous),
    positions: (previous) => readingOfItems('job', previous),
    people: readingOfPeople,
    gradeWrites: writesOf('grade', (person) => person.gradeKey),
    positionWrites: writesOf('job', (person) => person.positionKey),
    close: () => transport.close(),
  };
}

const receivedIn = ({ received }: { received: number }): number => received;

const contextOf = (subject: string, { headers }: HttpResponse): JsonContext => ({
  upstream: 'NAVER',
  subject,
  traceId: traceIdOf(headers),
});

const employeesContext: JsonContext = { upstream: 'NAVER', subject: 'the employee list' };

const mayHold = (resource: NaverResource, unknown: number): string =>
  `${unknown} employees cannot be read, so it is unknown whether they hold the ${resource}. Nothing was sent.`;

/** The message names keys that differ only in case, because somebody has to decide which one is meant. */
function otherThan(requested: string, { externalKey }: WireItem, resource: NaverResource): string {
  const isCaseApart = externalKey?.toLowerCase() === requested.toLowerCase();
  const which = isCaseApart ? `: ${requested} was asked for, ${externalKey} came` : '';
  return `Expected the requested ${resource}, got one with another externalKey${which}.`;
}

/** A row with the key that identifies it. */
type Listed<Row> = { key: string | null; row: Row };

/** Reads the items that the graph shows: those with a key. */
export const listedItemReaderOf = (resource: 'grade' | 'job'): RowReader<WireItem> => ({
  ...itemReaderOf(resource),
  uselessFor: ({ externalKey }) => (toKey(externalKey) === null ? 'no key' : null),
});

/** The kind is part of the key, because an externalKey and an empId can be equal texts. */
function keyIn(row: WireKeys): string | null {
  const externalKey = toKey(row.externalKey);
  if (externalKey !== null) return `externalKey ${externalKey}`;
  const empId = toKey(row.empId);
  return empId === null ? null : `empId ${empId}`;
}
