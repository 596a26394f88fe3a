import { hkdfSync } from 'node:crypto';

/** The purpose of a key. Two purposes never share a key, so a leaked key exposes one purpose only. */
export type KeyPurpose = 'cursor' | 'viewer' | 'directory-file' | 'fleet';

const keyBytes = 32;

/** Derives the 256-bit key of one purpose from the deployment's secret (HKDF with SHA-256, RFC 5869). */
export function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `hr-graph ${purpose}`, keyBytes));
}
