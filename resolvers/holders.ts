import { Groups } from '../src/domain/groups.ts';

/**
 * Finds the people who hold a given key. Each immutable list of people is grouped once, for all keys: an operation can
 * ask for the holders of ten thousand people's grades, and a company has 20,000 people.
 */
export function createHolders<T extends object>() {
  const groupsOf = new WeakMap<readonly T[], Groups<T>>();
  return (people: readonly T[], key: string, keyOf: (person: T) => string | null | undefined): readonly T[] => {
    const groups = groupsOf.get(people) ?? new Groups(people, keyOf);
    groupsOf.set(people, groups);
    return groups.get(key) ?? [];
  };
}
