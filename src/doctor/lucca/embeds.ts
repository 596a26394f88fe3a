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
 * Whether employees bring their job position and employment (Lucca, includes: embedded is best effort), and whether what
 * they do not bring can be asked for by its id.
 */
export async function findEmbeds({ people, byId }: LuccaAccount): Promise<Finding> {
  const { rows } = await people();
  const told: string[] = [];
  let isIncomplete = false;
  for (const [name, { resource, of }] of Object.entries(kinds)) {
    const related = rows.flatMap((row) => of(row) ?? []);
    const [first] = related;
    if (first === undefined) continue;
    const missing = related.filter(({ value }) => value === null).length;
    isIncomplete ||= missing > 0;
    told.push(
      missing === 0 ? `all ${related.length} ${name}` : `${related.length - missing} of ${related.length} ${name}`,
    );
    const { rows: found } = await byId<{ luccaId: string }>(resource, first.id);
    if (found.length === 1 && found[0]?.luccaId === first.id) continue;
    const came = `One of the ${name} was asked for by its id; ${plural(found.length, 'row')} came.`;
    return trouble(came, 'Whatever is not embedded stays unknown. Report this with --json.');
  }
  if (told.length === 0) return unchecked('no employee refers to a position or employment');
  if (!isIncomplete) return ok(told.join(', '));
  const advice = 'Nothing to change: the others are asked for by id, which costs requests of the allowance.';
  return note(`Embedded are ${told.join(' and ')}.`, advice);
}
