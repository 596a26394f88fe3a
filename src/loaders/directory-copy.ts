import { rm } from 'node:fs/promises';
import type { CachedList } from '../cache/cached-list.ts';
import { type Clock, systemClock } from '../cache/clock.ts';
import { readDirectoryFile, UnusableCopy, writeDirectoryFile } from '../directory/directory-file.ts';
import type { StoredList } from '../directory/stored-lists.ts';
import { type Lists, type PeopleListName, peopleListNames } from './list-names.ts';
import type { UpstreamData } from './upstream-data.ts';

export type DirectoryCopyOptions = {
  /** DIRECTORY_FILE. */
  path: string;
  key: Buffer;
  /** See DirectoryFileOptions. */
  accounts: string;
  /** Called with why a copy was ignored or could not be written: no name, no path. */
  onTrouble(message: string): void;
  clock?: Clock | undefined;
};

/** A copy of the lists of people, from which a restart serves at once while it reads anew. */
export type DirectoryCopy = {
  /** Takes over what is in the file, where it is not too old. Before anything is read. */
  restore(): Promise<void>;
  /** A list was read, or has changed: writes it, but not too often. An unchanged list is younger than before. */
  changed(): void;
  /** Writes at once: somebody was erased. Throws where an earlier copy can neither be replaced nor removed. */
  save(): Promise<void>;
  /** Writes what has not been written yet. */
  close(): Promise<void>;
};

/** A copy is a minute old at most when the process ends without warning. */
const betweenWritesMs = 60_000;
/** All lists of a start come at about the same time. */
const firstWriteMs = 2_000;

export function createDirectoryCopy(data: UpstreamData, options: DirectoryCopyOptions): DirectoryCopy {
  const { path, onTrouble, clock = systemClock } = options;
  let stopTimer: (() => void) | null = null;
  let isDirty = false;
  let writtenAt: number | null = null;
  let writing: Promise<boolean> = Promise.resolve(true);

  /** Resolves with whether there is a copy of what is current now. */
  function write(): Promise<boolean> {
    stopTimer?.();
    stopTimer = null;
    isDirty = false;
    writtenAt = clock.now();
    // One after another: each writes what is current when its turn comes.
    writing = writing.then(async () => {
      try {
        await writeDirectoryFile(options, storable(data));
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
        const lists = await readDirectoryFile(options);
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

/** Lists that are valid: without the pages that they came in, which are asked for anew after a restart. */
function storable({ lists }: UpstreamData): Record<string, StoredList> {
  const stored: Record<string, StoredList> = {};
  for (const name of peopleListNames) {
    const list = lists[name]?.valid ?? null;
    if (list === null || ('relatedFailure' in list.value && list.value.relatedFailure !== null)) continue;
    stored[name] = { ...list, value: { ...list.value, ...('read' in list.value && { read: [] }) } };
  }
  return stored;
}

/** Returns the names of those that are too old. */
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

/** The members of a list are checked. Its rows are not: the tag of the file proves that `storable` wrote them. */
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
