import { explainAbsences } from '../directory/absences.ts';
import type { Directory } from '../directory/directory.ts';
import { likelyPairs } from '../directory/likely-pairs.ts';
import { runInSlices } from '../directory/run-in-slices.ts';
import type { PeopleRecords } from '../domain/employee.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Derives a value from a snapshot on first request, in slices. Concurrent requests share the work, and the value is
 * cached with the directory. For values that are seldom requested.
 */
function derived<T>(stepsOf: (snapshot: Snapshot) => Generator<void, T>): (snapshot: Snapshot) => Promise<T> {
  const cached = new WeakMap<Directory<PeopleRecords>, Promise<T>>();
  return (snapshot) => {
    const earlier = cached.get(snapshot.directory);
    if (earlier !== undefined) return earlier;
    const value = runInSlices(stepsOf(snapshot));
    cached.set(snapshot.directory, value);
    return value;
  };
}

/** Why upstreams have no record of people whom other upstreams have. */
export const absencesIn = derived(({ input, directory }) => explainAbsences<PeopleRecords>(input, directory));

/** Unlinked people who may be the same person. */
export const likelyPairsIn = derived(({ input, directory }) => likelyPairs<PeopleRecords>(input, directory));
