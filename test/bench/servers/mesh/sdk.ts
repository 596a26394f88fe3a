/** What Mesh puts into the context of an operation: a function for each read of each API, which has no types here. */
type Read = (options: { root: object; context: Context; args: object; selectionSet: string }) => Promise<object>;
export type Context = Record<'Lucca' | 'CtrlHub' | 'Naver', { Query: Record<string, Read> }>;

const memories = new WeakMap<Context, Map<string, unknown>>();

/** Made once for each operation: Mesh has nothing for joins without a filter, nor for lists that many rows need. */
export function once<T>(context: Context, name: string, make: () => T): T {
  const memory = memories.get(context) ?? new Map<string, unknown>();
  memories.set(context, memory);
  if (!memory.has(name)) memory.set(name, make());
  return memory.get(name) as T;
}

/** Rows are cloned to lose their origin: Mesh would resolve every field of what comes from a subgraph anew. */
export async function read<T>(
  context: Context,
  api: keyof Context,
  field: string,
  args: object,
  selectionSet: string,
): Promise<T> {
  const ask = context[api].Query[field];
  if (ask === undefined) throw new Error(`The supergraph has no ${field}.`);
  const answer = await ask({ root: {}, context, args, selectionSet });
  if (answer instanceof Error) throw answer;
  return structuredClone(answer) as T;
}
