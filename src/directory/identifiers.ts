import type { Person, Records } from '../domain/person.ts';
import type { Entry } from './entry.ts';
import { normalKey } from './normal-form.ts';
import { inSlices } from './slices.ts';

/** The person of each key; null for a key that several people have. */
type Claims<R extends Records> = Map<string, Person<R> | null>;

/** Indexed by key, not by identifier, to save memory: the keys are already strings of the records. */
type OfPrefix<R extends Records> = { ignoresCase: boolean; first: Claims<R>; others: Claims<R> };

/** Every identifier of every record that belongs to a person. */
export type Identifiers<R extends Records> = ReadonlyMap<string, OfPrefix<R>>;

/** Indexes every key of every record that leads a person or is linked to one. */
export function* indexIdentifiers<R extends Records>(
  entries: readonly (readonly Entry<R>[])[],
): Generator<void, Identifiers<R>> {
  const byPrefix = new Map<string, OfPrefix<R>>();
  for (const ofSource of entries) {
    yield* inSlices(ofSource, ({ source, record, person, kind: first }) => {
      if (first === null || person === null) return;
      // The record has no key of an earlier kind, or shares it with another record.
      for (const kind of source.keys.slice(source.keys.indexOf(first))) {
        const key = normalKey(kind.of(record), source.ignoresCaseOfKeys);
        if (key === null) continue;
        const ofPrefix = prefixOf(kind.prefix, source.ignoresCaseOfKeys, byPrefix);
        claim(kind === first ? ofPrefix.first : ofPrefix.others, key, person);
      }
    });
  }
  return byPrefix;
}

function prefixOf<R extends Records>(prefix: string, ignoresCase: boolean, byPrefix: Map<string, OfPrefix<R>>) {
  const existing = byPrefix.get(prefix);
  if (existing !== undefined) return existing;
  const made: OfPrefix<R> = { ignoresCase, first: new Map(), others: new Map() };
  byPrefix.set(prefix, made);
  return made;
}

function claim<R extends Records>(claims: Claims<R>, key: string, person: Person<R>): void {
  const earlier = claims.get(key);
  claims.set(key, earlier === undefined || earlier === person ? person : null);
}

/** The person of `prefix:key`, or null. A record's first key wins over an equal second key of another record. */
export function findByIdentifier<R extends Records>(id: string, identifiers: Identifiers<R>): Person<R> | null {
  const colon = id.indexOf(':');
  const ofPrefix = identifiers.get(id.slice(0, Math.max(colon, 0)));
  if (ofPrefix === undefined) return null;
  const key = normalKey(id.slice(colon + 1), ofPrefix.ignoresCase);
  if (key === null) return null;
  const first = ofPrefix.first.get(key);
  return first === undefined ? (ofPrefix.others.get(key) ?? null) : first;
}
