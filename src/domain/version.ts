import { createHash } from 'node:crypto';

/** A short digest of an object. It changes with any member, but not with the order of members. */
export function versionOf(representation: unknown): string {
  return createHash('sha256').update(JSON.stringify(representation, sortedMembers)).digest('base64url').slice(0, 22);
}

function sortedMembers(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
