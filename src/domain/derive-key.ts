import { hkdfSync } from 'node:crypto';

/** What a key is for. Two purposes never share a key: a leak of one key is no leak of the other. */
export type KeyPurpose = 'cursor' | 'viewer' | 'directory-file' | 'fleet';

const keyBytes = 32;

/** The key of 256 bits for one purpose, from the deployment's secret (HKDF with SHA-256, RFC 5869). */
export function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `hr-graph ${purpose}`, keyBytes));
}
