import { type Finding, note, ok, unchecked } from '../finding.ts';
import { at, plural } from '../sample.ts';
import type { AssignmentSample } from './account.ts';

/** Whether assignments bring the users, job roles and organisations that they lead to, and in which form. */
export function findIncluded({ rows, related, document }: AssignmentSample): Finding {
  if (rows.length === 0) return unchecked('there is no assignment');
  const linked = {
    'job roles': { told: related.roles.size, of: new Set(rows.map((it) => it.roleId)).size },
    users: { told: related.users.size, of: new Set(rows.map((it) => it.userId)).size },
    organisations: { told: related.organisations.size, of: organisationsOf(related).size },
  };
  const missing = Object.entries(linked).filter(([, { told, of }]) => told < of);
  if (missing.length > 0) {
    const found = missing.map(([name, { told, of }]) => `${told} of ${of} ${name}`).join(' and ');
    const advice = "Grant the session's user to read them: of the others no more than the id is known.";
    return note(`Assignments bring along ${found}.`, advice);
  }
  const odd = [...related.skipped.values()].flat();
  if (odd.length > 0) {
    const reasons = [...new Set(odd.map(({ resource, reason }) => `${resource} ${reason}`))].join(', ');
    return note(`Not all that comes along can be read: ${reasons}.`, 'It counts as unknown. Report this with --json.');
  }
  const roles = (document.included ?? []).filter((it) => at(it, 'type') === 'job-roles');
  if (roles.length > 0 && roles.every((it) => at(it, 'attributes.qualifications') === undefined)) {
    const found = 'Job roles come in their newer form, without qualifications.';
    return note(found, 'requiredQualifications and optionalQualifications stay empty. Report this with --json.');
  }
  const { users, organisations } = linked;
  const told = [plural(linked['job roles'].of, 'job role'), plural(users.of, 'user')];
  return ok([...told, plural(organisations.of, 'organisation')].join(', '));
}

/** An assignment has none of its own: its job role leads there, where it has one. */
const organisationsOf = ({ roles }: AssignmentSample['related']): ReadonlySet<string> =>
  new Set([...roles.values()].flatMap(({ organisationId }) => organisationId ?? []));
