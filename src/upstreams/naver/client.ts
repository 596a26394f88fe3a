import type { ZodType } from 'zod';
import type { ListOf, Reading, SkippedRow } from '../../domain/list-reading.ts';
import type { NaverItem } from '../../domain/organisation.ts';
import { type NaverPerson, naverKeyOf } from '../../domain/people.ts';
import { createRowSharing, sharedList } from '../../domain/row-sharing.ts';
import { createSharing } from '../../domain/text.ts';
import type { HttpResponse } from '../../http/client.ts';
import { invalidResponse, type JsonContext, parseJson } from '../../http/json.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import { readingOfOffsets } from '../../http/offset-walk.ts';
import { isNotFound, toUpstreamError, traceIdOf } from './errors.ts';
import type { SortOrderForm } from './item-body.ts';
import { createItemWrites, type ItemAccess, type ItemWrites } from './item-writes.ts';
import { readRefusal } from './refusal.ts';
import { createTargets, type NaverResource } from './targets.ts';
import { toKey, toNaverItem, toNaverPerson } from './to-domain.ts';
import { createTransport } from './transport.ts';
import { type WireEmployee, type WireItem, wireEmployeeList, wireItem, wireItemList } from './wire.ts';

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
};

export type ItemList = ListOf<NaverItem>;
export type PersonList = ListOf<NaverPerson>;

/** Errors of every method: all codes of UpstreamError but UPSTREAM_NOT_CONFIGURED. */
export type NaverClient = {
  /** All grades (직급), those out of use included, in NAVER's order. Rows without a key are skipped. */
  grades(previous: ItemList | null): Reading<ItemList>;
  /** All job positions (직책), which NAVER calls jobs, as `grades`. */
  positions(previous: ItemList | null): Reading<ItemList>;
  /** All employees. Rows that hold no key, no address, no login and no number name nobody, and are skipped. */
  people(previous: PersonList | null): Reading<PersonList>;
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

  /**
   * Rows are converted page by page: a directory is long, and what WORKPLACE sends of each person is as well. Rows for
   * which `toRow` finds no use are skipped.
   */
  function readingOfList<Wire extends WireKeys, Row>(
    resource: NaverResource,
    schema: ZodType<WireList<Wire>>,
    toRow: (wire: Wire) => Row | null,
    previous: ListOf<Row> | null,
    keyOf: (row: Row) => string | null,
  ): Reading<ListOf<Row>> {
    const shareRow = createRowSharing<Row>(previous?.rows, keyOf);
    const pages = readingOfOffsets<Listed<Row>>({
      upstream: 'NAVER',
      pageSize: config.pageSize,
      keyOf: ({ key }) => key,
      readPage: (offset, limit) =>
        transport.get(targets.list(resource, offset, limit), (response) => {
          const context = contextOf(`the ${resource} list`, response);
          if (response.status !== 200) throw toUpstreamError(response, readRefusal(response.text), context.subject);
          const { elements, totalCount } = parseJson(response.text, schema, context);
          const rows = elements.map((wire) => {
            const row = toRow(wire);
            return { key: keyIn(wire), row: row && shareRow(row) };
          });
          return { rows, skipped: [], total: totalCount ?? null };
        }),
    });
    return {
      attempt: async (onProgress) => {
        const list = await pages.attempt(onProgress);
        const unusable = list.rows.filter(({ row }) => row === null);
        const skipped = unusable.map((): SkippedRow => ({ resource, reason: 'no key', key: null }));
        if (skipped.length > 0) onSkipped(resource, skipped.length);
        const rows = list.rows.flatMap(({ row }) => (row === null ? [] : [row]));
        return { ...list, rows: sharedList(previous?.rows, rows), skipped: [...list.skipped, ...skipped] };
      },
    };
  }

  /** Those without a key included. */
  const readingOfRows = (resource: 'grade' | 'job'): Reading<ListOf<WireItem>> =>
    readingOfList(
      resource,
      wireItemList,
      (wire) => wire,
      null,
      () => null,
    );

  const readingOfItems = (resource: 'grade' | 'job', previous: ItemList | null): Reading<ItemList> =>
    readingOfList(resource, wireItemList, itemOf, previous, (item) => item.externalKey);

  const readingOfPeople = (previous: PersonList | null): Reading<PersonList> => {
    const shared = createSharing();
    const personOf = (wire: WireEmployee) => {
      const person = toNaverPerson(wire, shared);
      return namesSomebody(person) ? person : null;
    };
    return readingOfList('employee', wireEmployeeList, personOf, previous, naverKeyOf);
  };

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

  const writesOf = (resource: 'grade' | 'job', heldKey: (person: NaverPerson) => string | null): ItemWrites => {
    const access: ItemAccess = {
      resource,
      readRow: (externalKey) => readRow(resource, externalKey),
      readRows: async () => (await readingOfRows(resource).attempt(() => undefined)).rows,
      countHolders: async (key) =>
        (await readingOfPeople(null).attempt(() => undefined)).rows.filter((it) => heldKey(it) === key).length,
    };
    return createItemWrites(access, transport, targets, config.sortOrderForm ?? 'number');
  };

  return {
    grades: (previous) => readingOfItems('grade', previous),
    positions: (previous) => readingOfItems('job', previous),
    people: readingOfPeople,
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

/** A row as it came, and what it stands for: null where that is nothing. */
type Listed<Row> = { key: string | null; row: Row | null };

const itemOf = (wire: WireItem): NaverItem | null => {
  const externalKey = toKey(wire.externalKey);
  return externalKey === null ? null : toNaverItem(externalKey, wire);
};

/** The two kinds of key never equal each other. */
function keyIn(row: WireKeys): string | null {
  const externalKey = toKey(row.externalKey);
  if (externalKey !== null) return `externalKey ${externalKey}`;
  const empId = toKey(row.empId);
  return empId === null ? null : `empId ${empId}`;
}

function namesSomebody({ externalKey, empId, loginId, email, employeeNumber }: NaverPerson): boolean {
  return [externalKey, empId, loginId, email, employeeNumber].some((it) => it !== null);
}
