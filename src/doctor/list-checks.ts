import type { SkippedRow } from '../domain/list-reading.ts';
import type { Upstream } from '../domain/upstream.ts';
import { type Check, type Finding, note, ok, trouble, unchecked } from './finding.ts';
import { at, plural, type Sample } from './sample.ts';
import { describeShapes, shownName } from './shape.ts';

type SampleOf<Account> = (account: Account) => Promise<Sample>;

/** Whether the first page of a list comes, and can be used. */
export const listCheck = <Account>(
  upstream: Upstream,
  title: string,
  sampleOf: SampleOf<Account>,
  whoSees: string,
): Check<Account> => ({
  id: `list-${title.toLowerCase().replaceAll(' ', '-')}`,
  upstream,
  title,
  run: async (account) => findRows(await sampleOf(account), whoSees),
});

function findRows({ received, malformed, skipped, total, hasNext }: Sample, whoSees: string): Finding {
  if (received === 0) {
    return total === null || total === 0
      ? note('The list is empty.', `If it should not be, ${whoSees}.`)
      : trouble(`No row came of a list of ${total}.`, 'Lists cannot be read whole. Report this with --json.');
  }
  const reasons = describeReasons(skipped);
  if (malformed === received) {
    return trouble(`None of ${plural(received, 'row')} can be read: ${reasons}.`, 'Report this with --json.');
  }
  const more = total !== null && total > received ? ` of ${total}` : hasNext ? ' of more' : '';
  const came = `${plural(received, 'row')}${more}`;
  if (skipped.length === 0) return ok(`${came}, all usable`);
  return note(
    `${came}; not all can be used: ${reasons}.`,
    'What is skipped counts as unknown. Correct it at the vendor.',
  );
}

function describeReasons(skipped: readonly SkippedRow[]): string {
  const byReason = Map.groupBy(skipped, ({ reason }) => reason);
  return [...byReason].map(([reason, rows]) => `${reason} ×${rows.length}`).join(', ');
}

/** Members of rows that no document of the vendor names. */
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
    const found = `Beyond the documents: ${[...unknown].slice(0, 8).join(', ')}${unknown.size > 8 ? ', …' : ''}.`;
    return note(found, 'Nothing to change: they are ignored. Report what should be shown.');
  },
});

const memberNames = (row: unknown): string[] => (typeof row === 'object' && row !== null ? Object.keys(row) : []);

/** The form of identifiers. `isExpected`: of each value. */
export const identifiersCheck = <Account>(
  upstream: Upstream,
  lists: readonly { sampleOf: SampleOf<Account>; places: readonly string[] }[],
  { isExpected, advice }: { isExpected: (value: unknown) => boolean; advice: string },
): Check<Account> => ({
  id: 'identifiers',
  upstream,
  title: 'Identifiers',
  run: async (account) => {
    const told: string[] = [];
    let isOdd = false;
    for (const { sampleOf, places } of lists) {
      const { raw, resource } = await sampleOf(account);
      if (raw.length === 0) continue;
      for (const place of places) {
        const values = raw.map((row) => at(row, place));
        told.push(`${resource}.${place} ${describeShapes(values)}`);
        isOdd ||= values.some((it) => !isExpected(it));
      }
    }
    if (told.length === 0) return unchecked('no rows came');
    return isOdd ? note(told.join('\n'), advice) : ok(told.join('\n'));
  },
});
