import { nodeKey } from './split-operation.ts';

/** A node in an answer to a split operation. */
export type PlacedNode = {
  /** All that was asked of it, and its key; or its key alone. */
  node: object;
  key: string;
  /** Which list it is in: the names on the way to it, without the places in lists. */
  place: string;
  /** The way to it. Good until the next node: to be copied by who keeps it. */
  path: readonly (string | number)[];
};

/**
 * The data of an answer to a split operation as JSON, in pieces, with the bytes that are given for each node. Null as soon
 * as there are none for a node.
 */
export function writeJson(data: unknown, bytesOf: (placed: PlacedNode) => Buffer | null): Buffer[] | null {
  const pieces: Buffer[] = [];
  const path: (string | number)[] = [];
  let text = '';
  return write(data, '') ? [...pieces, Buffer.from(text)] : null;

  function write(value: unknown, place: string): boolean {
    if (Array.isArray(value)) return writeAll('[', value.entries(), place, ']');
    if (typeof value !== 'object' || value === null) {
      text += JSON.stringify(value ?? null);
      return true;
    }
    const key = keyOf(value);
    if (key !== null) {
      const bytes = bytesOf({ node: value, key, place, path });
      if (bytes === null) return false;
      pieces.push(Buffer.from(text), bytes);
      text = '';
      return true;
    }
    return writeAll('{', Object.entries(value), place, '}');
  }

  function writeAll(start: string, members: Iterable<[string | number, unknown]>, place: string, end: string): boolean {
    let before = start;
    for (const [name, value] of members) {
      const isNamed = typeof name === 'string';
      text += isNamed ? `${before}${JSON.stringify(name)}:` : before;
      before = ',';
      path.push(name);
      if (!write(value, isNamed ? `${place}.${name}` : place)) return false;
      path.pop();
    }
    text += before === start ? start + end : end;
    return true;
  }
}

/** Null for objects that are no nodes of these lists. */
export function keyOf(value: object): string | null {
  const key: unknown = nodeKey in value ? Reflect.get(value, nodeKey) : null;
  return typeof key === 'string' ? key : null;
}

/** As JSON, without the key. */
export const bytesOfNode = (node: object): Buffer => Buffer.from(JSON.stringify({ ...node, [nodeKey]: undefined }));
