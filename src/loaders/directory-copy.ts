import { rm } from 'node:fs/promises';
import type { CachedList } from '../cache/cached-list.ts';
import { type Clock, systemClock } from '../cache/clock.ts';
import { readDirectoryFile, UnusableCopy, writeDirectoryFile } from '../directory/directory-file.ts';
import type { StoredList } from '../directory/stored-lists.ts';
import { listShapes } from './generated/stored-shapes.ts';
import { type Lists, type PeopleListName, peopleListNames } from './list-names.ts';
import type { UpstreamData } from './upstream-data.ts';

export type DirectoryCopyOptions = {
  /** DIRECTORY_FILE. */
  path: string;
  key: Buffer;
  /** See DirectoryFileOptions. */
  accounts: string;
  /** Called with the reason why a copy was ignored or could not be written. The message holds no name and no path. */
  onTrouble(message: string): void;
  clock?: Clock | undefined;
};

/** A copy of the people lists on disk. After a restart it serves at once while the lists are read again. */
export type DirectoryCopy = {
  /** Restores the lists from the file unless they are too old. Call it before any reading begins. */
  restore(): Promise<void>;
  /** Schedules a write, because a list was read. Called for an unchanged list too: its age has changed. */
  changed(): void;
  /** Writes at once, after an erasure. Throws if an earlier copy can be neither replaced nor removed. */
  save(): Promise<void>;
  /** Writes pending changes. */
  close(): Promise<void>;
};

/** The copy of a release whose rows lacked a member of ours would show that member as empty. */
const shape = JSON.stringify(peopleListNames.map((name) => listShapes[name]));

/** If the process crashes, the copy lags at most this far behind. */
const betweenWritesMs = 60_000;
/** Delay of the first write: after a start all lists arrive at about the same time. */
const firstWriteMs = 2_000;

export function createDirectoryCopy(data: UpstreamData, options: DirectoryCopyOptions): DirectoryCopy {
  const { path, onTrouble, clock = systemClock } = options;
  let stopTimer: (() => void) | null = null;
  let isDirty = false;
  let writtenAt: number | null = null;
  let writing: Promise<boolean> = Promise.resolve(true);

  /** Resolves with true if the current lists were written. */
  function write(): Promise<boolean> {
    stopTimer?.();
    stopTimer = null;
    isDirty = false;
    writtenAt = clock.now();
    // Writes run one after another; each writes the lists that are current when it starts.
    writing = writing.then(async () => {
      try {
        await writeDirectoryFile({ ...options, shape }, storable(data));
        return true;
      } catch (error) {
        isDirty = true;
        onTrouble(`The copy of the directory could not be written (${codeOf(error)}).`);
        return false;
      }
    });
    return writing;
  }

  return {
    restore: async () => {
      try {
        const lists = await readDirectoryFile({ ...options, shape });
        const tooOld = lists === null ? [] : await restoreLists(data, lists);
        if (tooOld.length > 0) onTrouble(`The copy of the directory is ignored: ${tooOld.join(', ')} are too old.`);
      } catch (error) {
        const reason = error instanceof UnusableCopy ? error.message : `it cannot be read (${codeOf(error)}).`;
        onTrouble(`The copy of the directory is ignored: ${reason}`);
      }
    },
    changed: () => {
      isDirty = true;
      const inMs = writtenAt === null ? firstWriteMs : writtenAt + betweenWritesMs - clock.now();
      stopTimer ??= clock.after(inMs, () => void write());
    },
    save: async () => {
      if (!(await write())) await rm(path, { force: true });
    },
    close: async () => {
      stopTimer?.();
      await (isDirty ? write() : writing);
    },
  };
}

/** The valid lists, without their pages and ETags: these are requested again after a restart. */
function storable({ lists }: UpstreamData): Record<string, StoredList> {
  const stored: Record<string, StoredList> = {};
  for (const name of peopleListNames) {
    const list = lists[name]?.valid ?? null;
    if (list === null || ('relatedFailure' in list.value && list.value.relatedFailure !== null)) continue;
    stored[name] = { ...list, value: { ...list.value, ...('read' in list.value && { read: [] }) } };
  }
  return stored;
}

/** Returns the names of the lists that are too old. */
async function restoreLists(
  { lists }: UpstreamData,
  stored: Readonly<Record<string, StoredList>>,
): Promise<PeopleListName[]> {
  const restore = async <Name extends PeopleListName>(name: Name) => {
    const copy = stored[name];
    const list: CachedList<Lists[Name]> | undefined = lists[name];
    if (copy === undefined || list === undefined) return [];
    const { value } = copy;
    return isStored<Name>(value) && (await list.restore({ ...copy, value })) ? [] : [name];
  };
  return (await Promise.all(peopleListNames.map(restore))).flat();
}

/** The members of a list are checked. Its rows are not: `storable` wrote the file, and its authentication tag proves it. */
const isStored = <Name extends PeopleListName>(value: unknown): value is Lists[Name] =>
  typeof value === 'object' &&
  value !== null &&
  'rows' in value &&
  Array.isArray(value.rows) &&
  'skipped' in value &&
  Array.isArray(value.skipped) &&
  'pages' in value &&
  typeof value.pages === 'number';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown cause';
