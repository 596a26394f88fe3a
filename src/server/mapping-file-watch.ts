import { stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '../cache/clock.ts';
import { reasonOf } from '../config/identity-settings.ts';
import { countDisplaced } from '../directory/displaced.ts';
import { changesBetween } from '../identity/mapping.ts';
import { readMappingFile } from '../identity/mapping-file.ts';
import type { UpstreamData } from '../loaders/upstream-data.ts';

export type MappingWatch = {
  data: UpstreamData;
  /** Null without a mapping file. */
  path: string | null;
  logger: Logger;
  clock?: Clock | undefined;
};

/** Polls the file, because mounted files and network shares send no change events. */
const pollEveryMs = 1_000;

/**
 * Reads the mapping file again when it has changed and then stayed the same for two polls, so that no half-written file is
 * read. An invalid file changes nothing and is logged once. The log has counts and no identifiers. Returns a function that
 * stops the watch.
 */
export function watchMappingFile({ data, path, logger, clock = systemClock }: MappingWatch): () => void {
  if (path === null) return () => undefined;
  let lastVersion: string | null = null;
  let readVersion: string | null = null;
  let isStopped = false;
  let stopTimer = clock.after(pollEveryMs, () => void poll(path));

  async function poll(file: string): Promise<void> {
    const version = await versionOf(file);
    if (version === lastVersion && version !== readVersion) {
      readVersion = version;
      await reload(file);
    }
    lastVersion = version;
    if (!isStopped) stopTimer = clock.after(pollEveryMs, () => void poll(file));
  }

  async function reload(file: string): Promise<void> {
    try {
      const mapping = readMappingFile(file);
      const { mapping: previous } = data;
      const changes = changesBetween(previous.rows, mapping.rows);
      if (changes.added + changes.changed + changes.removed === 0) return;
      const linkedBefore = linkedByHand(data);
      const before = data.keeper.snapshot?.directory;
      await data.remap(mapping);
      const after = data.keeper.snapshot;
      const displaced = before && after ? countDisplaced(before, after) : 0;
      const counts = { rows: mapping.size, ...changes, linked: linkedByHand(data), linkedBefore, displaced };
      if (displaced > 0)
        logger.warn(counts, 'the mapping file was read again and separates records that a rule had linked');
      else logger.info(counts, 'the mapping file was read again');
    } catch (error) {
      logger.warn({ reason: reasonOf(error) }, 'the mapping file cannot be used: the links stay as they were');
    }
  }

  return () => {
    isStopped = true;
    stopTimer();
  };
}

/** The number of records that rows of the mapping file link. */
function linkedByHand({ keeper }: UpstreamData): number {
  const links = keeper.snapshot?.directory.links ?? [];
  return links.reduce((sum, { rule, count }) => sum + (rule === 'MAPPING_FILE' ? count : 0), 0);
}

const versionOf = (file: string): Promise<string> =>
  stat(file).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => 'missing',
  );
