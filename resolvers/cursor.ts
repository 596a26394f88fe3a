import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ZodType } from 'zod';
import { InputError } from '../src/errors.ts';

/**
 * Positions in lists. A cursor is sealed together with its `scope`, which names the list, its filter and its order: one
 * of another list, or a damaged one, is refused before anything is asked of an upstream.
 */
export type CursorCodec = {
  encode(scope: string, position: unknown): string;
  /** Throws InputError for a cursor that is damaged or of another list, whatever its shape. */
  check(scope: string, cursor: string): void;
  /** Throws InputError. */
  decode<T>(scope: string, cursor: string, shape: ZodType<T>): T;
};

const sealBytes = 9;

export function createCursorCodec(key: Buffer): CursorCodec {
  const sealOf = (scope: string, text: string): Buffer =>
    createHmac('sha256', key).update(`cursor:${scope}\n${text}`).digest().subarray(0, sealBytes);

  function unseal(scope: string, cursor: string): string {
    const bytes = Buffer.from(cursor, 'base64url');
    const seal = bytes.subarray(0, sealBytes);
    const text = bytes.subarray(sealBytes).toString('utf8');
    if (seal.length !== sealBytes || !timingSafeEqual(seal, sealOf(scope, text))) throw foreignCursor();
    return text;
  }

  return {
    encode: (scope, position) => {
      const text = JSON.stringify(position);
      return Buffer.concat([sealOf(scope, text), Buffer.from(text, 'utf8')]).toString('base64url');
    },
    check: (scope, cursor) => void unseal(scope, cursor),
    decode: (scope, cursor, shape) => {
      const position = shape.safeParse(JSON.parse(unseal(scope, cursor)));
      if (!position.success) throw foreignCursor();
      return position.data;
    },
  };
}

const foreignCursor = () =>
  new InputError(
    'after: expected a cursor that this list gave out under the same filter and order; this one is damaged or of another list. Start again without `after`.',
  );
