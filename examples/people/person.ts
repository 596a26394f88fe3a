import type { AssignJobRoleMutation, EmployeeSummaryFragment } from 'hr-graph/client';
import { failure, gapsIn, hrGraph } from './hr-graph.ts';
import { byId, element } from './page.ts';

const dialog = byId('person', HTMLDialogElement);
const form = byId('assign', HTMLFormElement);
const roles = byId('person-roles', HTMLUListElement);

let shown: EmployeeSummaryFragment | null = null;

/** Opens what is known of somebody over all systems, and lets them be given a job role. */
export async function showPerson(person: EmployeeSummaryFragment): Promise<void> {
  shown = person;
  byId('person-name', HTMLHeadingElement).textContent = person.displayName;
  byId('person-facts', HTMLDListElement).replaceChildren();
  roles.replaceChildren(element('li', {}, 'One moment…'));
  tell('');
  dialog.showModal();
  await Promise.all([load(person), offerRoles()]);
}

async function load(person: EmployeeSummaryFragment): Promise<void> {
  try {
    const answer = await hrGraph.personDetails({ id: person.id });
    if (shown !== person) return;
    const { grade, position, jobRoleAssignments } = answer.data.employee ?? {};
    byId('person-facts', HTMLDListElement).replaceChildren(
      ...fact('Job title', person.jobTitle),
      ...fact('Grade', grade?.name),
      ...fact('Position', position?.name),
      ...fact('E-mail', person.email),
    );
    const held =
      jobRoleAssignments?.nodes.map((it) => element('li', {}, it.role?.name ?? 'A role that is not shown')) ?? [];
    roles.replaceChildren(...(held.length > 0 ? held : [element('li', { className: 'nobody' }, 'None')]));
    const gaps = gapsIn(answer);
    if (gaps !== '') tell(gaps);
  } catch (error) {
    if (shown === person) tell(failure(error));
  }
}

const fact = (name: string, value: string | null | undefined): HTMLElement[] => [
  element('dt', {}, name),
  element('dd', {}, value ?? '–'),
];

async function offerRoles(): Promise<void> {
  const select = form.elements.namedItem('role');
  if (!(select instanceof HTMLSelectElement) || select.options.length > 0) return;
  const { data } = await hrGraph.jobRoleNames().catch(() => ({ data: null }));
  const options = data?.jobRoles?.nodes.map((it) => element('option', { value: it.id }, it.name)) ?? [];
  select.replaceChildren(element('option', { value: '' }, 'Choose…'), ...options);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const jobRoleId = new FormData(form).get('role');
  if (shown !== null && typeof jobRoleId === 'string') void assign(shown, jobRoleId);
});

async function assign(person: EmployeeSummaryFragment, jobRoleId: string): Promise<void> {
  tell('');
  try {
    const { data } = await hrGraph.assignJobRole({ input: { employeeId: person.id, jobRoleId } });
    tell(outcome(data.createJobRoleAssignment));
    if (data.createJobRoleAssignment.__typename === 'CreateJobRoleAssignmentSuccess') await load(person);
  } catch (error) {
    // It may have been done: what is held now tells.
    tell(failure(error));
    await load(person);
  }
}

function outcome(result: AssignJobRoleMutation['createJobRoleAssignment']): string {
  switch (result.__typename) {
    case 'CreateJobRoleAssignmentSuccess':
      return `Assigned: ${result.assignment.role?.name ?? 'the role'}.`;
    case 'InvalidInputError':
      return result.fields.map((it) => it.message).join(' ');
    case 'UpstreamUnavailableError':
      return result.retryAfterSeconds === null ? result.message : `Try again in ${result.retryAfterSeconds} seconds.`;
    default:
      return result.message;
  }
}

function tell(text: string): void {
  byId('assigned', HTMLParagraphElement).textContent = text;
}
