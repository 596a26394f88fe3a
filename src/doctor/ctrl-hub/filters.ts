import { UpstreamError } from '../../errors.ts';
import type { FilterDialect } from '../../upstreams/ctrl-hub/filter-dialect.ts';
import { type Finding, note, ok, trouble, unchecked } from '../finding.ts';
import type { CtrlHubAccount } from './account.ts';

/** `ignored`: the response also has rows of other users. */
type Outcome = 'understood' | 'ignored' | 'refused';

const otherThan = (dialect: FilterDialect): FilterDialect => (dialect === 'named' ? 'operator' : 'named');

/** Finds the filter dialect that this tenant understands. Only writes use filters, to check whether an assignment exists. */
export async function findDialect(account: CtrlHubAccount): Promise<Finding> {
  const { filterDialect: configured, writes } = account.settings;
  const { rows } = await account.assignments();
  const [first] = rows;
  if (first === undefined) return unchecked('there is no assignment to search for');
  const isAlone = rows.every(({ userId }) => userId === first.userId);
  const other = otherThan(configured);
  const outcome = await outcomeIn(account, first.userId, configured);
  const alternative = await outcomeIn(account, first.userId, other);
  if (outcome === 'understood') {
    const result = isAlone ? 'accepted (only one user has assignments, so its effect is not visible)' : 'understood';
    return ok(`${configured} is ${result}, ${other} ${alternative}`);
  }
  const found = `Filters are ${outcome} with CTRL_HUB_FILTER_DIALECT=${configured}`;
  if (alternative === 'understood') {
    return (writes ? trouble : note)(
      `${found}, and understood with the other dialect.`,
      `Set CTRL_HUB_FILTER_DIALECT=${other}.`,
    );
  }
  if (outcome === 'ignored') {
    return note(
      `${found}, and with the other dialect.`,
      'Nothing to change: each write first reads all assignments, which takes longer.',
    );
  }
  const advice = 'hr-graph can read, but not assign job roles: set READ_ONLY=on, and report this with --json.';
  return (writes ? trouble : note)(`${found}, and ${alternative} with the other dialect.`, advice);
}

async function outcomeIn({ assignmentsOf }: CtrlHubAccount, userId: string, dialect: FilterDialect): Promise<Outcome> {
  try {
    const { rows } = await assignmentsOf(userId, dialect);
    return rows.length > 0 && rows.every((row) => row.userId === userId) ? 'understood' : 'ignored';
  } catch (error) {
    if (error instanceof UpstreamError && error.status === 400) return 'refused';
    throw error;
  }
}
