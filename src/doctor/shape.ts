/** Describes a value without revealing it: `string(36, uuid)`, `number(integer)`, `null`, `list(3)`, `object`. */
type Shape = { kind: string; length: number | null };

const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['blank', /^\s*$/],
  ['uuid', /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i],
  ['digits', /^\d+$/],
  ['date', /^\d{4}-\d{2}-\d{2}$/],
  ['date and time', /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/],
  ['number', /^[+-]?\d+\.\d+$/],
  ['e-mail', /^[^\s@]+@[^\s@]+$/],
  ['address', /^https?:\/\//i],
];

function shapeOf(value: unknown): Shape {
  if (typeof value === 'string') {
    const kind = kinds.find(([, pattern]) => pattern.test(value))?.[0] ?? 'text';
    return { kind: `string, ${kind}`, length: [...value].length };
  }
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? 'number, integer' : 'number', length: null };
  if (Array.isArray(value)) return { kind: 'list', length: value.length };
  if (value === null) return { kind: 'null', length: null };
  return { kind: typeof value, length: null };
}

/** The shapes of many values, the most frequent first: `string(3-36, text) ×98, null ×2`. */
export function describeShapes(values: readonly unknown[]): string {
  const byKind = Map.groupBy(values.map(shapeOf), ({ kind }) => kind);
  return [...byKind]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([kind, shapes]) => `${textOf(kind, shapes)}${values.length === 1 ? '' : ` ×${shapes.length}`}`)
    .join(', ');
}

function textOf(kind: string, shapes: readonly Shape[]): string {
  const lengths = shapes.flatMap(({ length }) => length ?? []);
  const [type, ...details] = kind.split(', ');
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  const size = lengths.length === 0 ? [] : [least === most ? `${least}` : `${least}-${most}`];
  const inside = [...size, ...details].join(', ');
  return inside === '' ? `${type}` : `${type}(${inside})`;
}

/** Matches names of members. An object with other keys is a look-up table, whose keys may be personal data. */
const memberName = /^[A-Za-z_][A-Za-z\d_]{0,40}$/;
const mostMembers = 40;

/** A member's name, or `…` if it may be personal data. */
export const shownName = (name: string): string => (memberName.test(name) ? name : '…');

export type Shapes = { [place: string]: string };

/** The shape of every member of the rows, by its dotted path. For lists and look-up tables only their size. */
export function shapesOf(rows: readonly unknown[]): Shapes {
  const places = new Map<string, unknown[]>();
  for (const row of rows) collect(row, '', places);
  return Object.fromEntries([...places].map(([place, values]) => [place || 'row', describeShapes(values)]));
}

function collect(value: unknown, place: string, places: Map<string, unknown[]>): void {
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const isTable = members.length > mostMembers || members.some(([name]) => !memberName.test(name));
  if (members.length === 0 || isTable) {
    const values = places.get(place) ?? [];
    values.push(value);
    places.set(place, values);
    return;
  }
  for (const [name, member] of members) collect(member, place === '' ? name : `${place}.${name}`, places);
}
