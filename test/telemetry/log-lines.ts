import { z } from 'zod';

const lineShape = z.looseObject({ msg: z.string(), level: z.number(), requestId: z.string().optional() });

export type LogLine = z.infer<typeof lineShape>;

/** The lines of a server's log, or those with one message. */
export function linesOf(log: readonly string[], msg?: string): LogLine[] {
  const lines = log.map((line) => lineShape.parse(JSON.parse(line)));
  return msg === undefined ? lines : lines.filter((line) => line.msg === msg);
}
