import type { Upstream } from '../domain/upstream.ts';
import type { Question } from './memory.ts';
import type { Kind } from './windows.ts';

/** Reads that are about other things than people, by their tag. */
const kinds: Record<string, Kind | undefined> = {
  'LUCCA.jobQualifications': 'reference',
  'LUCCA.jobQualification': 'reference',
  'LUCCA.professions': 'reference',
  'NAVER.grades': 'reference',
  'NAVER.grade': 'reference',
  'NAVER.positions': 'reference',
  'NAVER.position': 'reference',
  'CTRL_HUB.assignments': 'assignments',
  'CTRL_HUB.assignmentPage': 'assignments',
  'CTRL_HUB.rolesById': 'assignments',
};

/** How the memory knows what a method of an upstream's client is asked. */
export function question(upstream: Upstream, read: string, ...args: unknown[]): Question {
  const tag = `${upstream}.${read}`;
  return { upstream, tag, key: `${tag} ${JSON.stringify(args)}`, kind: kinds[tag] ?? 'people' };
}
