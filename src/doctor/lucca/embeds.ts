import type { LuccaEmployee } from '../../domain/people.ts';
import { employments, jobPositions } from '../../upstreams/lucca/resources.ts';
import { type Finding, note, ok, trouble, unchecked } from '../finding.ts';
import { plural } from '../sample.ts';
import type { LuccaAccount } from './account.ts';

const kinds = {
  'job-positions': { resource: jobPositions, of: (row: LuccaEmployee) => row.jobPosition },
  employments: { resource: employments, of: (row: LuccaEmployee) => row.employment },
} as const;

/**
 * Checks that employees embed their job position and employment (Lucca, includes: embedded is best effort), and that rows
 * that are not embedded can be read by id.
 */
export async function findEmbeds({ people, byId }: LuccaAccount): Promise<Finding> {
  const { rows } = await people();
  const lines: string[] = [];
  let isIncomplete = false;
  for (const [name, { resource, of }] of Object.entries(kinds)) {
    const related = rows.flatMap((row) => of(row) ?? []);
    const [first] = related;
    if (first === undefined) continue;
    const missing = related.filter(({ value }) => value === null).length;
    isIncomplete ||= missing > 0;
    lines.push(
      missing === 0 ? `all ${related.length} ${name}` : `${related.length - missing} of ${related.length} ${name}`,
    );
    const { rows: found } = await byId<{ luccaId: string }>(resource, first.id);
    if (found.length === 1 && found[0]?.luccaId === first.id) continue;
    const problem = `A request for one of the ${name} by id returned ${plural(found.length, 'row')}.`;
    return trouble(problem, 'Rows that are not embedded stay unknown. Report this with --json.');
  }
  if (lines.length === 0) return unchecked('no employee refers to a position or employment');
  if (!isIncomplete) return ok(lines.join(', '));
  const advice = 'Nothing to change: hr-graph requests the others by id, which uses up the rate limit.';
  return note(`Lucca embeds ${lines.join(' and ')}.`, advice);
}
