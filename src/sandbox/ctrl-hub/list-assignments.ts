import type { CtrlHubData } from '../company/data.ts';
import type { EmulatorRequest, Reply } from '../emulator.ts';
import { isBracketFilter, readAssignmentFilter } from './assignment-filter.ts';
import { listReply } from './documents.ts';
import { assignmentIncludes, includedWithAssignments } from './included.ts';
import type { CtrlHubKnobs } from './knobs.ts';
import { takePage } from './paging.ts';
import { checkParameters, readInclude } from './query-parameters.ts';
import { assignmentResource } from './resources.ts';
import type { CtrlHubState } from './state.ts';

/** GET /v3/job-role-assignments (Ctrl Hub docs: Retrieve job role assignments). */
export function listAssignments(state: CtrlHubState, { query }: EmulatorRequest): Reply {
  const { data, knobs } = state;
  checkParameters(query, (name) => isListParameter(name, knobs));
  const include = readInclude(query, assignmentIncludes);
  const isWanted = knobs.ignoreFilter ? () => true : readAssignmentFilter(query, knobs.dialects);
  const { rows, pagination } = takePage(inOrder(data.assignments).filter(isWanted), query, knobs);
  return listReply(
    {
      data: rows.map(assignmentResource),
      pagination,
      features: { include: assignmentIncludes, filter: ['user', 'role', 'type'] },
      included: include.size === 0 ? undefined : includedWithAssignments(state, rows, include),
    },
    knobs,
  );
}

function isListParameter(name: string, { dialects, sort }: CtrlHubKnobs): boolean {
  if (isBracketFilter(name)) return dialects.includes('bracket');
  if (name === 'sort') return sort === 'ignore';
  return ['limit', 'offset', 'include', 'filter'].includes(name);
}

type AssignmentRow = CtrlHubData['assignments'][number];

const sortings = new WeakMap<readonly AssignmentRow[], readonly AssignmentRow[]>();

/** Caches the sorted rows, because a big list is requested page by page, hundreds of times. Rows are only ever added. */
function inOrder(rows: readonly AssignmentRow[]): readonly AssignmentRow[] {
  const earlier = sortings.get(rows);
  if (earlier?.length === rows.length) return earlier;
  const sorted = rows.toSorted(byCreation);
  sortings.set(rows, sorted);
  return sorted;
}

/** Assumed: the documents give no order. */
const byCreation = (one: AssignmentRow, other: AssignmentRow): number =>
  Date.parse(one.createdAt) - Date.parse(other.createdAt) || (one.id < other.id ? -1 : 1);
