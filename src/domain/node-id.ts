/** The types that can be fetched again by `id`. */
export const nodeTypes = [
  'Employee',
  'JobQualification',
  'Profession',
  'JobRole',
  'JobRoleAssignment',
  'Organisation',
  'Grade',
  'Position',
] as const;

export type NodeType = (typeof nodeTypes)[number];

/** An opaque id, the same on every replica and at any time. `key` is what the type's loader takes. */
export function toNodeId(type: NodeType, key: string): string {
  return Buffer.from(`${type}:${key}`, 'utf8').toString('base64url');
}

/** Null for a text that `toNodeId` cannot produce. */
export function parseNodeId(id: string): { type: NodeType; key: string } | null {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  const type = nodeTypes.find((name) => name === text.slice(0, colon));
  const key = text.slice(colon + 1);
  return type !== undefined && key !== '' && toNodeId(type, key) === id ? { type, key } : null;
}
