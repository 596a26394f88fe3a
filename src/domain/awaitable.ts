/**
 * What is at hand, or on its way. A list of a hundred people asks thousands of such questions, nearly all of which are
 * answered at once: a promise for each would cost more than all the work.
 */
export type Awaitable<T> = T | Promise<T>;

/** Goes on at once where the value is there. */
export function whenThere<T, U>(value: Awaitable<T>, use: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(use) : use(value);
}
