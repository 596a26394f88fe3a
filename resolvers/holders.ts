import { Groups } from '../src/domain/groups.ts';

/**
 * Who holds what, of lists of people that never change: each is divided once, however many ask for however many keys. An
 * operation may ask for the holders of ten thousand grades of people, and a company has 20,000 people.
 */
export function createHolders<T extends object>() {
  const divided = new WeakMap<readonly T[], Groups<T>>();
  return (people: readonly T[], key: string, keyOf: (person: T) => string | null | undefined): readonly T[] => {
    const groups = divided.get(people) ?? new Groups(people, keyOf);
    divided.set(people, groups);
    return groups.get(key) ?? [];
  };
}
