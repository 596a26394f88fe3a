import { z } from 'zod';

const buffer = z.instanceof(Buffer);

/** What scripts of ours return: texts as Buffers. */
export const bytes = { buffer, list: z.array(buffer), array: z.array(z.unknown()) };

/** Null where Redis has nothing. */
export const textOf = (reply: unknown): string | null =>
  reply === null ? null : bytes.buffer.parse(reply).toString('utf8');
