import { describe, expect, it } from 'vitest';
import { deriveKey } from '../src/domain/derive-key.ts';

describe('a key that is derived from the secret', () => {
  it('is 256 bits, the same in every process', () => {
    expect(deriveKey('sixteen-letters!', 'cursor').toString('hex')).toBe(
      'bb7e50131d04f6bb1d4acb3cdf1e526732baee1eb54ff9903b8809a5694b0d3f',
    );
  });

  it('is another one for another purpose or secret', () => {
    const keys = [
      deriveKey('one secret', 'cursor'),
      deriveKey('one secret', 'viewer'),
      deriveKey('one secret', 'directory-file'),
      deriveKey('another secret', 'cursor'),
    ];
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(keys.length);
  });
});
