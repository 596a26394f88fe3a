import type { SkippedRow } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import { type Check, type Finding, note, ok, trouble, unchecked } from './finding.ts';
import { at, plural, type Sample } from './sample.ts';
import { describeShapes, shownName } from './shape.ts';

type SampleOf<Account> = (account: Account) => Promise<Sample>;

/** Checks that the first page of a list can be read and used. */
export const listCheck = <Account>(
  upstream: Upstream,
  title: string,
  sampleOf: SampleOf<Account>,
  permissionAdvice: string,
): Check<Account> => ({
  id: `list-${title.toLowerCase().replaceAll(' ', '-')}`,
  upstream,
  title,
  run: async (account) => findRows(await sampleOf(account), permissionAdvice),
});

function findRows({ received, malformed, skipped, total, hasNext }: Sample, permissionAdvice: string): Finding {
  if (received === 0) {
    return total === null || total === 0
      ? note('The list is empty.', `If it should not be, ${permissionAdvice}.`)
      : trouble(
          `The list should have ${total} rows, but none was received.`,
          'Lists cannot be read whole. Report this with --json.',
        );
  }
  const reasons = describeReasons(skipped);
  if (malformed === received) {
    return trouble(`None of ${plural(received, 'row')} can be read: ${reasons}.`, 'Report this with --json.');
  }
  const more = total !== null && total > received ? ` of ${total}` : hasNext ? ' of more' : '';
  const counts = `${plural(received, 'row')}${more}`;
  if (skipped.length === 0) return ok(`${counts}, all usable`);
  return note(
    `${counts}; not all can be used: ${reasons}.`,
    'Skipped rows count as unknown. Correct them at the vendor.',
  );
}

function describeReasons(skipped: readonly SkippedRow[]): string {
  const byReason = Map.groupBy(skipped, ({ reason }) => reason);
  return [...byReason].map(([reason, rows]) => `${reason} ×${rows.length}`).join(', ');
}

/** Finds members of rows that the vendor's documents do not mention. */
export const fieldsCheck = <Account>(
  upstream: Upstream,
  lists: readonly { sampleOf: SampleOf<Account>; documented: readonly string[] }[],
): Check<Account> => ({
  id: 'fields',
  upstream,
  title: 'Fields',
  run: async (account) => {
    const unknown = new Set<string>();
    for (const { sampleOf, documented } of lists) {
      const { raw, resource } = await sampleOf(account);
      for (const name of raw.flatMap(memberNames)) {
        if (!documented.includes(name)) unknown.add(`${resource}.${shownName(name)}`);
      }
    }
    if (unknown.size === 0) return ok('as documented');
    const found = `Not in the vendor's documents: ${[...unknown].slice(0, 8).join(', ')}${unknown.size > 8 ? ', …' : ''}.`;
    return note(found, 'Nothing to change: hr-graph ignores them. Report fields that the graph should show.');
  },
});

const memberNames = (row: unknown): string[] => (typeof row === 'object' && row !== null ? Object.keys(row) : []);

/** Checks the form of identifiers. `isExpected` tests each value. */
export const identifiersCheck = <Account>(
  upstream: Upstream,
  lists: readonly { sampleOf: SampleOf<Account>; places: readonly string[] }[],
  { isExpected, advice }: { isExpected: (value: unknown) => boolean; advice: string },
): Check<Account> => ({
  id: 'identifiers',
  upstream,
  title: 'Identifiers',
  run: async (account) => {
    const lines: string[] = [];
    let isOdd = false;
    for (const { sampleOf, places } of lists) {
      const { raw, resource } = await sampleOf(account);
      if (raw.length === 0) continue;
      for (const place of places) {
        const values = raw.map((row) => at(row, place));
        lines.push(`${resource}.${place} ${describeShapes(values)}`);
        isOdd ||= values.some((value) => !isExpected(value));
      }
    }
    if (lines.length === 0) return unchecked('no rows were received');
    return isOdd ? note(lines.join('\n'), advice) : ok(lines.join('\n'));
  },
});
