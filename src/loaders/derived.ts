import { explainAbsences } from '../directory/absences.ts';
import type { Directory } from '../directory/directory.ts';
import { likelyPairs } from '../directory/likely-pairs.ts';
import { runInSlices } from '../directory/run-in-slices.ts';
import type { PeopleRecords } from '../domain/employee.ts';
import type { Snapshot } from './snapshot.ts';

/** What follows from a snapshot and is seldom asked for: worked out when it is, in slices, once for all who ask. */
function derived<T>(stepsOf: (snapshot: Snapshot) => Generator<void, T>): (snapshot: Snapshot) => Promise<T> {
  const known = new WeakMap<Directory<PeopleRecords>, Promise<T>>();
  return (snapshot) => {
    const earlier = known.get(snapshot.directory);
    if (earlier !== undefined) return earlier;
    const value = runInSlices(stepsOf(snapshot));
    known.set(snapshot.directory, value);
    return value;
  };
}

/** Why upstreams do not know people whom others know. */
export const absencesIn = derived(({ input, directory }) => explainAbsences<PeopleRecords>(input, directory));

/** Who may be one person although nothing links them. */
export const likelyPairsIn = derived(({ input, directory }) => likelyPairs<PeopleRecords>(input, directory));
