/**
 * A value, or a promise of it. A list of a hundred people resolves thousands of fields, nearly all of them
 * synchronously. A promise for each would cost more than all other work.
 */
export type Awaitable<T> = T | Promise<T>;

/** Calls `use` synchronously if the value is no promise. */
export function whenThere<T, U>(value: Awaitable<T>, use: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(use) : use(value);
}

/** Loads all items, synchronously if no value is a promise. If one fails, rejections of others are still handled. */
export function allThere<A, T>(items: readonly A[], load: (item: A) => Awaitable<T>): Awaitable<readonly T[]> {
  const values = items.map((item): Awaitable<T> => {
    try {
      return load(item);
    } catch (error) {
      return Promise.reject(error);
    }
  });
  return values.every(isThere) ? values : Promise.all(values);
}

const isThere = <T>(value: Awaitable<T>): value is T => !(value instanceof Promise);
