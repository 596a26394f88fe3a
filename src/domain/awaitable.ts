/**
 * What is at hand, or on its way. A list of a hundred people asks thousands of such questions, nearly all of which are
 * answered at once: a promise for each would cost more than all the work.
 */
export type Awaitable<T> = T | Promise<T>;

/** Goes on at once where the value is there. */
export function whenThere<T, U>(value: Awaitable<T>, use: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(use) : use(value);
}

/** The values of all, at once where all are there. Where one fails, no other is left without somebody to hear of it. */
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
