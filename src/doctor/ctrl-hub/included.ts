import { type Finding, note, ok, unchecked } from '../finding.ts';
import { at, plural } from '../sample.ts';
import type { AssignmentSample } from './account.ts';

/** Checks that assignments include their users, job roles and organisations, and in which form. */
export function findIncluded({ rows, related, document }: AssignmentSample): Finding {
  if (rows.length === 0) return unchecked('there is no assignment');
  const linked = {
    'job roles': { known: related.roles.size, of: new Set(rows.map(({ roleId }) => roleId)).size },
    users: { known: related.users.size, of: new Set(rows.map(({ userId }) => userId)).size },
    organisations: { known: related.organisations.size, of: organisationsOf(related).size },
  };
  const missing = Object.entries(linked).filter(([, { known, of }]) => known < of);
  if (missing.length > 0) {
    const found = missing.map(([name, { known, of }]) => `${known} of ${of} ${name}`).join(' and ');
    const advice = "Let the session's user read them: hr-graph knows only the ids of the others.";
    return note(`Assignments include ${found}.`, advice);
  }
  const odd = [...related.skipped.values()].flat();
  if (odd.length > 0) {
    const reasons = [...new Set(odd.map(({ resource, reason }) => `${resource} ${reason}`))].join(', ');
    return note(`Not all included objects can be read: ${reasons}.`, 'They count as unknown. Report this with --json.');
  }
  const roles = (document.included ?? []).filter((resource) => at(resource, 'type') === 'job-roles');
  if (roles.length > 0 && roles.every((role) => at(role, 'attributes.qualifications') === undefined)) {
    const found = 'Job roles have their newer form, without qualifications.';
    return note(found, 'requiredQualifications and optionalQualifications stay empty. Report this with --json.');
  }
  const { users, organisations } = linked;
  const counts = [plural(linked['job roles'].of, 'job role'), plural(users.of, 'user')];
  return ok([...counts, plural(organisations.of, 'organisation')].join(', '));
}

/** The organisations of the job roles. An assignment has no organisation of its own. */
const organisationsOf = ({ roles }: AssignmentSample['related']): ReadonlySet<string> =>
  new Set([...roles.values()].flatMap(({ organisationId }) => organisationId ?? []));
