/**
 * A value, or a promise of it. A list of a hundred people resolves thousands of fields, nearly all of them
 * synchronously. A promise for each would cost more than all other work.
 */
export type Awaitable<T> = T | Promise<T>;

/** Calls `use` synchronously if the value is no promise. */
export function whenLoaded<T, U>(value: Awaitable<T>, use: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(use) : use(value);
}
