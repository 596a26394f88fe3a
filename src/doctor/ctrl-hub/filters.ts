import { UpstreamError } from '../../errors.ts';
import type { FilterDialect } from '../../upstreams/ctrl-hub/filter-dialect.ts';
import { type Finding, note, ok, trouble, unchecked } from '../finding.ts';
import type { CtrlHubAccount } from './account.ts';

/** `ignored`: rows of other users came as well. */
type Outcome = 'understood' | 'ignored' | 'refused';

const otherThan = (dialect: FilterDialect): FilterDialect => (dialect === 'named' ? 'operator' : 'named');

/** Which notation of filters this tenant takes. Only writes use one: they look whether an assignment exists. */
export async function findDialect(account: CtrlHubAccount): Promise<Finding> {
  const { filterDialect: ours, writes } = account.settings;
  const { rows } = await account.assignments();
  const [first] = rows;
  if (first === undefined) return unchecked('there is no assignment to look for');
  const isAlone = rows.every(({ userId }) => userId === first.userId);
  const other = otherThan(ours);
  const outcome = await askIn(account, first.userId, ours);
  const alternative = await askIn(account, first.userId, other);
  if (outcome === 'understood') {
    const told = isAlone ? 'accepted (one user alone has assignments: whether it selects is not seen)' : 'understood';
    return ok(`${ours} is ${told}, ${other} ${alternative}`);
  }
  const found = `Filters are ${outcome} in the notation of CTRL_HUB_FILTER_DIALECT=${ours}`;
  if (alternative === 'understood') {
    return (writes ? trouble : note)(`${found}, and understood in the other.`, `Set CTRL_HUB_FILTER_DIALECT=${other}.`);
  }
  if (outcome === 'ignored') {
    return note(
      `${found}, as in the other.`,
      'Nothing to change: a write reads all assignments before, which takes longer.',
    );
  }
  const advice = 'Job roles cannot be assigned: set READ_ONLY=on, and report this with --json. Reading works.';
  return (writes ? trouble : note)(`${found}, and ${alternative} in the other.`, advice);
}

async function askIn({ assignmentsOf }: CtrlHubAccount, userId: string, dialect: FilterDialect): Promise<Outcome> {
  try {
    const { rows } = await assignmentsOf(userId, dialect);
    return rows.length > 0 && rows.every((it) => it.userId === userId) ? 'understood' : 'ignored';
  } catch (error) {
    if (error instanceof UpstreamError && error.status === 400) return 'refused';
    throw error;
  }
}
