import { z } from 'zod';

const buffer = z.instanceof(Buffer);

/** Shapes of what our scripts return. Texts are Buffers. */
export const bytes = { buffer, list: z.array(buffer), array: z.array(z.unknown()) };

/** Returns null for a reply without a value. */
export const textOf = (reply: unknown): string | null =>
  reply === null ? null : bytes.buffer.parse(reply).toString('utf8');
