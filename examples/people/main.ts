import type { EmployeeFilter, EmployeeStatus, EmployeeSummaryFragment } from 'hr-graph/client';
import { failure, gapsIn, hrGraph } from './hr-graph.ts';
import { byId, element } from './page.ts';
import { showPerson } from './person.ts';

const pageSize = 12;
const typingMs = 200;

const filterForm = byId('filter', HTMLFormElement);
const previous = byId('previous', HTMLButtonElement);
const next = byId('next', HTMLButtonElement);

/** Where each page so far begins; the last one is shown. */
let cursors: (string | null)[] = [null];
let endCursor: string | null = null;
let newest = 0;

/** Of the pages of `wanted`, the last one. Where it cannot be had, what is shown stays. */
async function load(wanted: (string | null)[]): Promise<void> {
  newest += 1;
  const request = newest;
  const after = wanted.at(-1) ?? null;
  try {
    const answer = await hrGraph.directoryPage({ first: pageSize, after, filter: filterNow(), withTotal: true });
    // Somebody has typed on meanwhile.
    if (request !== newest) return;
    const { nodes = [], totalCount, pageInfo } = answer.data.employees ?? {};
    byId('people', HTMLTableSectionElement).replaceChildren(...(nodes.length > 0 ? nodes.map(row) : [nobody()]));
    byId('count', HTMLParagraphElement).textContent =
      totalCount == null ? '' : `${totalCount} ${totalCount === 1 ? 'person' : 'people'}`;
    byId('page', HTMLSpanElement).textContent = `Page ${wanted.length}`;
    cursors = wanted;
    endCursor = pageInfo?.hasNextPage ? pageInfo.endCursor : null;
    tell(gapsIn(answer));
  } catch (error) {
    if (request === newest) tell(failure(error));
  }
  previous.disabled = cursors.length === 1;
  next.disabled = endCursor === null;
}

function filterNow(): EmployeeFilter {
  const fields = new FormData(filterForm);
  const search = String(fields.get('search')).trim();
  const status = statuses.find((it) => it === fields.get('status'));
  return { ...(search === '' ? {} : { search }), ...(status === undefined ? {} : { status: [status] }) };
}

const statusNames: Record<EmployeeStatus, string> = {
  ACTIVE: 'Active',
  UPCOMING: 'Upcoming',
  DEACTIVATED: 'Deactivated',
};
const statuses: EmployeeStatus[] = ['ACTIVE', 'UPCOMING', 'DEACTIVATED'];

function row(person: EmployeeSummaryFragment): HTMLTableRowElement {
  const open = element('button', { type: 'button', className: 'link' }, person.displayName);
  open.addEventListener('click', () => void showPerson(person));
  const status = person.status && element('span', { className: `badge ${person.status}` }, statusNames[person.status]);
  const name = element('th', { scope: 'row' }, open);
  return element(
    'tr',
    {},
    name,
    element('td', {}, person.jobTitle ?? ''),
    element('td', {}, person.email ?? ''),
    element('td', {}, status ?? ''),
  );
}

const nobody = () => element('tr', {}, element('td', { colSpan: 4, className: 'nobody' }, 'Nobody fits.'));

function tell(problem: string): void {
  byId('problems', HTMLDivElement).textContent = problem;
}

const fromTheStart = () => void load([null]);

let typing: ReturnType<typeof setTimeout> | undefined;
filterForm.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(fromTheStart, typingMs);
});
filterForm.addEventListener('submit', (event) => {
  event.preventDefault();
  fromTheStart();
});
next.addEventListener('click', () => {
  void load([...cursors, endCursor]);
});
previous.addEventListener('click', () => {
  void load(cursors.slice(0, -1));
});

fromTheStart();
