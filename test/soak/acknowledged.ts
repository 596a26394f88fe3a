import { z } from 'zod';
import { type Acknowledged, assignmentNumber, type History, splitName } from './history.ts';
import type { Read } from './operations.ts';

const answerShape = z.object({
  data: z.record(z.string(), z.unknown()),
  errors: z.array(z.looseObject({ path: z.array(z.union([z.string(), z.number()])).default([]) })).default([]),
});

export type Claim = { write: Acknowledged; isShown: boolean };

/**
 * The writes that were acknowledged before a read was sent, of what its answer shows, and whether each is there (a name may
 * have been changed again since). Where no replica misses Redis, each has to be.
 */
export function claimsOn(text: string, read: Read, history: History, sentAt: number): Claim[] {
  const { data, errors } = answerShape.parse(JSON.parse(text));
  const seen = new Set<number>();
  const claims: Claim[] = [];
  walk(data, '', (value, path) => {
    if (path.endsWith('/type')) seen.add(assignmentNumber(value) ?? 0);
    if (!/\/(grade|grades\/nodes\/\d+)\/name$/.test(path)) return;
    const { base, number } = splitName(value);
    const claim = history.nameSince(base, number, sentAt);
    if (claim !== null) claims.push(claim);
  });
  // What an upstream's failure has left out shows nothing that is old.
  const isWhole = !Object.values(data).includes(null) && !errors.some(({ path }) => /ssignments/.test(path.join('/')));
  const assignments = isWhole ? history.assignmentsSince(read.users, sentAt) : [];
  return [...claims, ...assignments.map((write) => ({ write, isShown: seen.has(write.number) }))];
}

function walk(value: unknown, path: string, visit: (text: string, path: string) => void): void {
  if (typeof value === 'string') visit(value, path);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) walk(member, `${path}/${name}`, visit);
  }
}
