import { readDirectoryFile, type StoredList, UnusableCopy, writeDirectoryFile } from '../directory/directory-file.ts';
import { type PeopleListName, peopleListNames } from './list-names.ts';
import type { UpstreamData } from './upstream-data.ts';

export type DirectoryCopyOptions = {
  /** DIRECTORY_FILE. */
  path: string;
  key: Buffer;
  /** See DirectoryFileOptions. */
  accounts: string;
  /** Called with why a copy was ignored or could not be written: no name, no path. */
  onTrouble(message: string): void;
};

/** A copy of the lists of people, from which a restart serves at once while it reads anew. */
export type DirectoryCopy = {
  /** Takes over what is in the file, where it is not too old. Before anything is read. */
  restore(): Promise<void>;
  /** Something has changed: writes it, but not too often. */
  changed(): void;
  /** Writes at once: somebody was erased. */
  save(): Promise<void>;
  /** Writes what has not been written yet. */
  close(): Promise<void>;
};

/** A copy is a minute old at most when the process ends without warning. */
const betweenWritesMs = 60_000;
/** All lists of a start come at about the same time. */
const firstWriteMs = 2_000;

export function createDirectoryCopy(data: UpstreamData, options: DirectoryCopyOptions): DirectoryCopy {
  let timer: NodeJS.Timeout | undefined;
  let isDirty = false;
  let writtenAt = 0;
  let writing: Promise<void> = Promise.resolve();

  function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    isDirty = false;
    writtenAt = Date.now();
    // One after another: each writes what is current when its turn comes.
    writing = writing.then(async () => {
      try {
        await writeDirectoryFile(options, storable(data));
      } catch (error) {
        isDirty = true;
        options.onTrouble(`The copy of the directory could not be written (${codeOf(error)}).`);
      }
    });
    return writing;
  }

  return {
    restore: async () => {
      try {
        const lists = await readDirectoryFile(options);
        if (lists !== null) await restoreLists(data, lists, options.onTrouble);
      } catch (error) {
        const reason = error instanceof UnusableCopy ? error.message : `it cannot be read (${codeOf(error)}).`;
        options.onTrouble(`The copy of the directory is ignored: ${reason}`);
      }
    },
    changed: () => {
      isDirty = true;
      const inMs = writtenAt === 0 ? firstWriteMs : Math.max(0, writtenAt + betweenWritesMs - Date.now());
      timer ??= setTimeout(() => void write(), inMs).unref();
    },
    save: write,
    close: async () => {
      clearTimeout(timer);
      await (isDirty ? write() : writing);
    },
  };
}

/** Lists that are valid: without the pages that they came in, which are asked for anew after a restart. */
function storable({ lists }: UpstreamData): Record<string, StoredList> {
  const stored: Record<string, StoredList> = {};
  const { employees, people, members, assignments } = lists;
  const list = employees?.valid;
  if (list != null && list.value.relatedFailure === null) {
    stored.employees = { ...list, value: { ...list.value, read: [] } };
  }
  for (const [name, valid] of Object.entries({
    people: people?.valid,
    members: members?.valid,
    assignments: assignments?.valid,
  })) {
    if (valid != null) stored[name] = { ...valid, value: { ...valid.value } };
  }
  return stored;
}

async function restoreLists(
  { lists }: UpstreamData,
  stored: Readonly<Record<string, StoredList>>,
  onTrouble: (message: string) => void,
): Promise<void> {
  const restore = async (name: PeopleListName) => {
    const copy = stored[name];
    const list = lists[name];
    if (copy === undefined || list === undefined) return;
    // What the file holds was written by `storable`, and its tag vouches for it.
    const isUsed = await list.restore(copy as never);
    if (!isUsed) onTrouble(`The copy of the list of ${name} is ignored: it is too old.`);
  };
  await Promise.all(peopleListNames.map(restore));
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown cause';
