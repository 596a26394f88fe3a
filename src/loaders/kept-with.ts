/**
 * Works out once what follows from some objects, and keeps it for as long as they are there: lists of people outlive the
 * operations that use them. The result must follow from the objects alone.
 */
export function keptWith<A extends object[], T>(derive: (...from: A) => T): (...from: A) => T {
  const root: Branch<T> = { next: new WeakMap() };
  return (...from) => {
    let branch = root;
    for (const object of from) branch = grown(branch, object);
    branch.kept ??= { result: derive(...from) };
    return branch.kept.result;
  };
}

type Branch<T> = { kept?: { result: T }; next: WeakMap<object, Branch<T>> };

function grown<T>({ next }: Branch<T>, object: object): Branch<T> {
  const earlier = next.get(object);
  if (earlier !== undefined) return earlier;
  const branch: Branch<T> = { next: new WeakMap() };
  next.set(object, branch);
  return branch;
}
