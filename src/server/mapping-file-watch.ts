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
  /** Null where no file is used. */
  path: string | null;
  logger: Logger;
  clock?: Clock | undefined;
};

/** Looks, rather than be told: mounted files and network shares tell nobody of their changes. */
const lookEveryMs = 1_000;

/**
 * Takes the mapping file anew whenever it has changed and then been the same for two looks: who is still writing it has not
 * finished. One that cannot be used changes nothing, and is logged once. The log has counts and no identifiers. Returns how
 * to stop.
 */
export function watchMappingFile({ data, path, logger, clock = systemClock }: MappingWatch): () => void {
  if (path === null) return () => undefined;
  let seen: string | null = null;
  let settled: string | null = null;
  let isStopped = false;
  let stopTimer = clock.after(lookEveryMs, () => void look(path));

  async function look(file: string): Promise<void> {
    const version = await versionOf(file);
    if (version === seen && version !== settled) {
      settled = version;
      await take(file);
    }
    seen = version;
    if (!isStopped) stopTimer = clock.after(lookEveryMs, () => void look(file));
  }

  async function take(file: string): Promise<void> {
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
        logger.warn(counts, 'the mapping file was read again, and parts records that a rule had linked');
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

/** Records that follow from rows of the mapping. */
function linkedByHand({ keeper }: UpstreamData): number {
  const links = keeper.snapshot?.directory.links ?? [];
  return links.reduce((sum, { rule, count }) => sum + (rule === 'MAPPING_FILE' ? count : 0), 0);
}

const versionOf = (file: string): Promise<string> =>
  stat(file).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => 'missing',
  );
