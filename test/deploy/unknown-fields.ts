/** Runs a compiled validator, and returns the places of what is there and was never looked at: no schema has those. */
export function unknownFieldsIn<T extends object>(document: T, validate: (watched: T) => unknown): string[] {
  const seen = new Set<string>();
  validate(watch(document, '', seen));
  return placesIn(document, '').filter((place) => !seen.has(place));
}

function watch<T extends object>(value: T, place: string, seen: Set<string>): T {
  return new Proxy(value, {
    get: (target, name, receiver) => {
      const found: unknown = Reflect.get(target, name, receiver);
      if (typeof name === 'symbol') return found;
      seen.add(`${place}/${name}`);
      return typeof found === 'object' && found !== null ? watch(found, `${place}/${name}`, seen) : found;
    },
  });
}

const placesIn = (value: object, place: string): string[] =>
  Object.entries(value).flatMap(([name, member]) => [
    `${place}/${name}`,
    ...(typeof member === 'object' && member !== null ? placesIn(member, `${place}/${name}`) : []),
  ]);
