import { z } from 'zod';

/** What the emulators' process is told. `count` answers what was asked since the last time, and starts over. */
export const commandShape = z.discriminatedUnion('do', [
  z.object({ do: z.literal('start'), people: z.number(), hasAllowance: z.boolean() }),
  z.object({ do: z.literal('delay'), latencyMs: z.number() }),
  z.object({ do: z.literal('count') }),
  z.object({ do: z.literal('change'), rows: z.number() }),
]);
export type Command = z.infer<typeof commandShape>;
