import type { LocalizedText } from '../src/domain/locale.ts';
import { toNodeId } from '../src/domain/node-id.ts';
import type { NaverItem } from '../src/domain/organisation.ts';
import { isGranted } from '../src/domain/scopes.ts';
import type { NaverClient } from '../src/upstreams/naver/client.ts';
import type { Context } from './context.ts';
import { checkChanges, checkDeletion, checkNewItem, isKey } from './item-input.ts';
import {
  type AlreadyExistsError,
  alreadyExists,
  type CommonError,
  type InUseError,
  type InvalidInputError,
  invalidInput,
  type NotFoundError,
  notFound,
  type VersionConflictError,
} from './mutation-results.ts';
import { perform, type Write } from './write.ts';

/** Grades and positions, which have the same shape. */
export type ItemType = 'Grade' | 'Position';

type Names = readonly LocalizedText[] | null | undefined;

export type CreateItemInput = {
  externalKey: string;
  name: string;
  names?: Names;
  sortOrder: number;
  isActive?: boolean | null | undefined;
};
export type UpdateItemInput = {
  externalKey: string;
  name?: string | null | undefined;
  names?: Names;
  sortOrder?: number | null | undefined;
  isActive?: boolean | null | undefined;
  expectedVersion?: string | null | undefined;
};
export type DeleteItemInput = {
  externalKey: string;
  expectedVersion?: string | null | undefined;
  evenIfInUse?: boolean | null | undefined;
};

export type ItemSuccess = { __typename: `${'Create' | 'Update'}${ItemType}Success`; item: NaverItem };
export type DeleteItemSuccess = { __typename: `Delete${ItemType}Success`; deletedId: string; externalKey: string };

export type CreateItemResult = ItemSuccess | AlreadyExistsError | CommonError;
export type UpdateItemResult = ItemSuccess | NotFoundError | AlreadyExistsError | VersionConflictError | CommonError;
export type DeleteItemResult = DeleteItemSuccess | NotFoundError | VersionConflictError | InUseError | CommonError;

type Args<Input> = { input: Input };

/** The mutations of grades or of positions. */
export function itemWriter(type: ItemType) {
  const noun = type === 'Grade' ? 'grade' : 'position';
  const written = `${noun}s` as const;

  const writesOf = ({ loaders }: Context): NaverClient['gradeWrites'] => {
    const naver = loaders.upstreams.client('NAVER');
    return type === 'Grade' ? naver.gradeWrites : naver.positionWrites;
  };

  const write = (verb: 'create' | 'update' | 'delete', { externalKey }: { externalKey: string }): Write => ({
    action: `${verb}${type}`,
    type,
    key: isKey(externalKey) ? externalKey : null,
    scope: `${written}.readwrite`,
    invalidates: [written],
    // People lose a deleted grade or position.
    mayChange: verb === 'delete' ? ['people'] : [],
  });

  const create = (_: unknown, { input }: Args<CreateItemInput>, context: Context): Promise<CreateItemResult> =>
    perform(write('create', input), checkNewItem(input), context, async ({ externalKey, ...item }) => {
      const outcome = await writesOf(context).create(externalKey, item);
      if (outcome.outcome === 'ALREADY_EXISTS') return { result: alreadyTaken(outcome.field, externalKey) };
      return { result: { __typename: `Create${type}Success`, item: outcome.value }, traceId: outcome.traceId };
    });

  const update = (_: unknown, { input }: Args<UpdateItemInput>, context: Context): Promise<UpdateItemResult> =>
    perform(write('update', input), checkChanges(input), context, async ({ externalKey, ...changes }) => {
      const outcome = await writesOf(context).update(externalKey, changes);
      switch (outcome.outcome) {
        case 'DONE':
          return { result: { __typename: `Update${type}Success`, item: outcome.value }, traceId: outcome.traceId };
        case 'NOT_FOUND':
          return { result: missing(externalKey) };
        case 'ALREADY_EXISTS':
          return { result: alreadyTaken(outcome.field, externalKey) };
        case 'VERSION_CONFLICT':
          return { result: conflict(outcome.currentVersion) };
        case 'UNMAPPED_LOCALES':
          return { result: unmapped(outcome.locales, input.names ?? []) };
      }
    });

  const remove = (_: unknown, { input }: Args<DeleteItemInput>, context: Context): Promise<DeleteItemResult> =>
    perform(write('delete', input), checkDeletion(input), context, async ({ externalKey, ...options }) => {
      const outcome = await writesOf(context).delete(externalKey, options);
      switch (outcome.outcome) {
        case 'DONE': {
          // Without evenIfInUse, the write has just verified that nobody holds it.
          if (options.evenIfInUse) await context.loaders.invalidate(['people']);
          const deletedId = toNodeId(type, externalKey);
          return { result: { __typename: `Delete${type}Success`, deletedId, externalKey }, traceId: outcome.traceId };
        }
        case 'NOT_FOUND':
          return { result: missing(externalKey) };
        case 'VERSION_CONFLICT':
          return { result: conflict(outcome.currentVersion) };
        case 'IN_USE':
          return { result: inUse(outcome.employeeCount, context) };
      }
    });

  const missing = (externalKey: string): NotFoundError =>
    notFound(`externalKey: NAVER WORKPLACE has no ${noun} ${externalKey}.`);

  const alreadyTaken = (field: 'externalKey' | 'name', externalKey: string): AlreadyExistsError =>
    field === 'externalKey'
      ? alreadyExists(field, `externalKey: NAVER WORKPLACE has a ${noun} ${externalKey} already.`)
      : alreadyExists(field, `name: another ${noun} has this name, and names are unique in NAVER WORKPLACE.`);

  const conflict = (currentVersion: string): VersionConflictError => ({
    __typename: 'VersionConflictError',
    message: `The ${noun} has been changed since you read it; nothing was written. Read it again before you write it.`,
    currentVersion,
  });

  const unmapped = (locales: readonly string[], names: readonly LocalizedText[]): InvalidInputError =>
    invalidInput(
      [...names.entries()]
        .filter(([, { locale }]) => locales.includes(locale))
        .map(([index, { locale }]) => ({
          path: ['names', String(index), 'locale'],
          message: `expected a language and a country, such as ko-KR, or a locale that the ${noun} has; got ${locale}`,
        })),
    );

  const inUse = (employeeCount: number, { viewer }: Context): InUseError => {
    const counted = employeeCount === 1 ? '1 person has' : `${employeeCount} people have`;
    const who = isGranted(viewer.scopes, 'employees.readonly') ? counted : 'Somebody has';
    const message = `${who} this ${noun}; nothing was deleted. To delete it nevertheless, set evenIfInUse.`;
    return { __typename: 'InUseError', message, employeeCount };
  };

  return { create, update, remove };
}
