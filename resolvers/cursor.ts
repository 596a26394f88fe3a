import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ZodType } from 'zod';
import { InputError } from '../src/errors.ts';

/**
 * Positions in lists. A cursor is sealed together with its `scope`, which names the list, its filter and its order: one
 * of another list, or a damaged one, is refused before anything is asked of an upstream.
 */
export type CursorCodec = {
  encode(scope: string, position: unknown): string;
  /** Throws InputError. */
  decode<T>(scope: string, cursor: string, shape: ZodType<T>): T;
};

const sealBytes = 9;

export function createCursorCodec(secret: string): CursorCodec {
  const sealOf = (scope: string, text: string): Buffer =>
    createHmac('sha256', secret).update(`cursor:${scope}\n${text}`).digest().subarray(0, sealBytes);

  return {
    encode: (scope, position) => {
      const text = JSON.stringify(position);
      return Buffer.concat([sealOf(scope, text), Buffer.from(text, 'utf8')]).toString('base64url');
    },
    decode: (scope, cursor, shape) => {
      const bytes = Buffer.from(cursor, 'base64url');
      const seal = bytes.subarray(0, sealBytes);
      const text = bytes.subarray(sealBytes).toString('utf8');
      if (seal.length !== sealBytes || !timingSafeEqual(seal, sealOf(scope, text))) throw foreignCursor();
      return shape.parse(JSON.parse(text));
    },
  };
}

const foreignCursor = () =>
  new InputError(
    'after: expected a cursor that this list gave out under the same filter and order; this one is damaged or of another list. Start again without `after`.',
  );
