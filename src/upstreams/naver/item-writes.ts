import type { NaverItem } from '../../domain/organisation.ts';
import type {
  Done,
  Expected,
  ItemCreation,
  ItemDeletion,
  ItemUpdate,
  NaverItemChanges,
  NewNaverItem,
  VersionConflict,
} from '../../domain/writes.ts';
import { UpstreamError } from '../../errors.ts';
import { verifiedWrite } from '../../http/careful-write.ts';
import { createKeyedQueue } from '../../http/keyed-queue.ts';
import { toUpstreamError, traceIdOf } from './errors.ts';
import { changedBody, type ItemBody, isSame, newBody, type SortOrderForm } from './item-body.ts';
import { readRefusal } from './refusal.ts';
import type { NaverTargets } from './targets.ts';
import { toNaverItem } from './to-domain.ts';
import type { NaverTransport } from './transport.ts';
import type { WireItem } from './wire.ts';

/**
 * The writes of one resource. Each write reads the item before it sends, and again after a lost response. Writes of one
 * key run one after another within this process. Throws UpstreamError: a refusal by NAVER is UPSTREAM_INVALID_RESPONSE
 * with a status below 500 and NAVER's code as `vendorCode`.
 */
export type ItemWrites = {
  /** An equal existing item counts as created by us only after a lost response. */
  create(externalKey: string, item: NewNaverItem): Promise<ItemCreation>;
  /** NAVER replaces whole items, so the changes are merged into the current item. */
  update(externalKey: string, changes: NaverItemChanges & Expected): Promise<ItemUpdate>;
  delete(externalKey: string, options: Expected & { evenIfInUse: boolean }): Promise<ItemDeletion>;
};

export type ItemAccess = {
  resource: 'grade' | 'job';
  readRow: (externalKey: string) => Promise<WireItem | null>;
  /** All rows, including those without a key, because names have to be unique among them all. */
  readRows: () => Promise<readonly WireItem[]>;
  countHolders: (externalKey: string) => Promise<number>;
};

export function createItemWrites(
  { resource, readRow, readRows, countHolders }: ItemAccess,
  transport: NaverTransport,
  targets: NaverTargets,
  sortOrderForm: SortOrderForm,
): ItemWrites {
  const inTurn = createKeyedQueue();

  async function send(
    method: 'POST' | 'PUT' | 'DELETE',
    externalKey: string,
    body?: ItemBody,
  ): Promise<string | undefined> {
    const target = targets.item(resource, externalKey);
    if (target === null) throw new Error('A key that no request can name has passed the input check.');
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const sent = await transport.write({ method, ...target, ...content }, (response) => {
      // The body of a POST or PUT lacks the key, and that of a DELETE can be anything, so only the status counts.
      if (response.status >= 200 && response.status < 300) return { traceId: traceIdOf(response.headers) };
      const refusal = readRefusal(response.text);
      const error = toUpstreamError(response, refusal, `a ${method} of the ${resource} to be accepted`);
      // A refusal by the service is returned, not thrown, so that it does not count as a failure of the upstream.
      if (response.status < 500 && refusal.layer === 'service') return error;
      throw error;
    });
    if (sent instanceof UpstreamError) throw sent;
    return sent.traceId;
  }

  async function sendBody(method: 'POST' | 'PUT', externalKey: string, body: ItemBody): Promise<Done<NaverItem>> {
    const traceId = await send(method, externalKey, body);
    return { outcome: 'DONE', value: toNaverItem(externalKey, (await readBack(externalKey)) ?? body), traceId };
  }

  /** Null if it cannot be read: the write was accepted nevertheless, and the result shows what was sent. */
  async function readBack(externalKey: string): Promise<WireItem | null> {
    try {
      return await readRow(externalKey);
    } catch (error) {
      if (error instanceof UpstreamError) return null;
      throw error;
    }
  }

  /** NAVER documents unique names, but no error code for a duplicate: after a refusal, look for the name. */
  async function orNameTaken<T>(externalKey: string, body: () => ItemBody | null, write: Promise<T>) {
    try {
      return await write;
    } catch (error) {
      const name = body()?.name?.trim();
      if (!(error instanceof UpstreamError) || error.status !== 400 || name === undefined) throw error;
      const rows = await readRows();
      const isTaken = rows.some((row) => row.externalKey !== externalKey && row.name?.trim() === name);
      if (isTaken) return { outcome: 'ALREADY_EXISTS', field: 'name' } as const;
      throw error;
    }
  }

  function create(externalKey: string, item: NewNaverItem): Promise<ItemCreation> {
    const body = newBody(item, sortOrderForm);
    const write = verifiedWrite<ItemCreation>(async (isResponseLost) => {
      const row = await readRow(externalKey);
      if (row === null) return { send: () => sendBody('POST', externalKey, body) };
      if (isResponseLost && isSame(row, body)) return { result: alreadyDone(toNaverItem(externalKey, row)) };
      return { result: { outcome: 'ALREADY_EXISTS', field: 'externalKey' } };
    });
    return orNameTaken(externalKey, () => body, write);
  }

  function update(
    externalKey: string,
    { expectedVersion, ...changes }: NaverItemChanges & Expected,
  ): Promise<ItemUpdate> {
    let sent: { body: ItemBody; over: string } | null = null;
    const write = verifiedWrite<ItemUpdate>(async (isResponseLost) => {
      const row = await readRow(externalKey);
      if (row === null) return { result: { outcome: 'NOT_FOUND' } };
      const item = toNaverItem(externalKey, row);
      if (isResponseLost && sent !== null && isSame(row, sent.body)) return { result: alreadyDone(item) };
      const expected = expectedVersion ?? (isResponseLost ? sent?.over : undefined) ?? item.version;
      if (item.version !== expected) return { result: conflictWith(item) };
      const { body, unmapped } = changedBody(row, changes, sortOrderForm);
      if (unmapped.length > 0) return { result: { outcome: 'UNMAPPED_LOCALES', locales: unmapped } };
      return {
        send: () => {
          sent = { body, over: item.version };
          return sendBody('PUT', externalKey, body);
        },
      };
    });
    return orNameTaken(externalKey, () => sent?.body ?? null, write);
  }

  function deleteItem(
    externalKey: string,
    { expectedVersion, evenIfInUse }: Expected & { evenIfInUse: boolean },
  ): Promise<ItemDeletion> {
    return verifiedWrite<ItemDeletion>(async (isResponseLost) => {
      const row = await readRow(externalKey);
      if (row === null) return { result: isResponseLost ? alreadyDone(null) : { outcome: 'NOT_FOUND' } };
      const item = toNaverItem(externalKey, row);
      if (item.version !== (expectedVersion ?? item.version)) return { result: conflictWith(item) };
      const employeeCount = evenIfInUse ? 0 : await countHolders(externalKey);
      if (employeeCount > 0) return { result: { outcome: 'IN_USE', employeeCount } };
      return {
        send: async () => ({ outcome: 'DONE', value: null, traceId: await send('DELETE', externalKey) }),
      };
    });
  }

  return {
    create: (key, item) => inTurn(key, () => create(key, item)),
    update: (key, changes) => inTurn(key, () => update(key, changes)),
    delete: (key, options) => inTurn(key, () => deleteItem(key, options)),
  };
}

/** The write was done by a request whose response was lost. */
const alreadyDone = <T>(value: T): Done<T> => ({ outcome: 'DONE', value, traceId: undefined });

const conflictWith = ({ version }: NaverItem): VersionConflict => ({
  outcome: 'VERSION_CONFLICT',
  currentVersion: version,
});
