import type { NaverItem } from '../../domain/organisation.ts';
import type { Done, Expected, ItemCreation, ItemDeletion, ItemUpdate, NaverItemChanges, NewNaverItem } from '../../domain/writes.ts';
import { UpstreamError } from '../../errors.ts';
import { writeCarefully } from '../../http/careful-write.ts';
import { createKeyedQueue } from '../../http/keyed-queue.ts';
import { toUpstreamError, traceIdOf } from './errors.ts';
import { changedBody, type ItemBody, isSame, newBody, type SortOrderForm } from './item-body.ts';
import { readRefusal } from './refusal.ts';
import type { NaverTargets } from './targets.ts';
import { toNaverItem } from './to-domain.ts';
import type { NaverTransport } from './transport.ts';
import type { WireItem } from './wire.ts';

/**
 * The writes of one resource. Each looks before it sends, and again where the reply was lost; writes of one key wait
 * for one another within this process. Throws UpstreamError: what NAVER refuses is UPSTREAM_INVALID_RESPONSE with a
 * status below 500 and NAVER's code as `vendorCode`.
 */
export type ItemWrites = {
  /** An equal item counts as created by us only where our own reply was lost. */
  create(externalKey: string, item: NewNaverItem): Promise<ItemCreation>;
  /** NAVER replaces whole items, so the changes are merged into what it has at that moment. */
  update(externalKey: string, changes: NaverItemChanges & Expected): Promise<ItemUpdate>;
  delete(externalKey: string, options: Expected & { evenIfInUse: boolean }): Promise<ItemDeletion>;
};

export type ItemAccess = {
  resource: 'grade' | 'job';
  readRow: (externalKey: string) => Promise<WireItem | null>;
  /** All rows, those without a key included: their names are taken as well. */
  readRows: () => Promise<WireItem[]>;
  countHolders: (externalKey: string) => Promise<number>;
};

export function createItemWrites(
  { resource, readRow, readRows, countHolders }: ItemAccess,
  transport: NaverTransport,
  targets: NaverTargets,
  sortOrderForm: SortOrderForm,
): ItemWrites {
  const inTurn = createKeyedQueue();

  async function send(method: 'POST' | 'PUT' | 'DELETE', externalKey: string, body?: ItemBody): Promise<string | undefined> {
    const target = targets.item(resource, externalKey);
    if (target === null) throw new Error('A key that cannot be asked for has passed the input check.');
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await transport.write({ method, target, ...content }, (response) => {
      // The echo of a POST or PUT lacks the key, and a DELETE may answer anything: the status alone counts.
      if (response.status >= 200 && response.status < 300) return { traceId: traceIdOf(response.headers) };
      const refusal = readRefusal(response.text);
      const error = toUpstreamError(response, refusal, `a ${method} of the ${resource} to be accepted`);
      // A refusal by the service is an answer, and no sign of bad health.
      if (response.status < 500 && refusal.layer === 'service') return error;
      throw error;
    });
    if (answer instanceof UpstreamError) throw answer;
    return answer.traceId;
  }

  async function sendBody(method: 'POST' | 'PUT', externalKey: string, body: ItemBody): Promise<Done<NaverItem>> {
    const traceId = await send(method, externalKey, body);
    return { outcome: 'DONE', value: toNaverItem(externalKey, (await readBack(externalKey)) ?? body), traceId };
  }

  /** Null where it cannot be read: the write was accepted all the same, and is told by what was sent. */
  async function readBack(externalKey: string): Promise<WireItem | null> {
    try {
      return await readRow(externalKey);
    } catch (error) {
      if (error instanceof UpstreamError) return null;
      throw error;
    }
  }

  /** NAVER documents that names are unique, but no code for it: a refusal is explained by the name being taken. */
  async function orNameTaken<T>(externalKey: string, { name }: ItemBody, write: Promise<T>) {
    try {
      return await write;
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.status !== 400 || name == null) throw error;
      const isTaken = (await readRows()).some((row) => row.externalKey !== externalKey && row.name?.trim() === name.trim());
      if (isTaken) return { outcome: 'ALREADY_EXISTS', field: 'name' } as const;
      throw error;
    }
  }

  const foundDone = (externalKey: string, row: WireItem): Done<NaverItem> => ({
    outcome: 'DONE',
    value: toNaverItem(externalKey, row),
    traceId: undefined,
  });

  function create(externalKey: string, item: NewNaverItem): Promise<ItemCreation> {
    const body = newBody(item, sortOrderForm);
    const write = writeCarefully<WireItem | null, ItemCreation>({
      look: () => readRow(externalKey),
      decide: (row, isReplyLost) => {
        if (row === null) return null;
        const isOurs = isReplyLost && isSame(row, body);
        return isOurs ? foundDone(externalKey, row) : { outcome: 'ALREADY_EXISTS', field: 'externalKey' };
      },
      send: () => sendBody('POST', externalKey, body),
    });
    return orNameTaken(externalKey, body, write);
  }
  return { create } as never;
}
