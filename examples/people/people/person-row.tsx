import { nameOf } from '../grades/written-names.ts';
import type { Row } from '../graph/rows.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Known } from '../parts/known.tsx';
import { Status } from '../parts/status.tsx';
import { Link } from '../routing/link.tsx';
import type { ListedPerson } from './people-query.ts';

export function PersonRow({ node: person, errors, path }: Row<ListedPerson>) {
  const errorAt = (field: string) => errors.get(`${path}.${field}`);
  return (
    <li class="person-row">
      <Avatar id={person.id} name={person.displayName} />
      <div class="who">
        <Link id={`person-${person.id}`} href={`/people/${person.id}`}>
          {person.displayName}
        </Link>
        <span class="quiet">{person.jobTitle}</span>
      </div>
      <div class="cells">
        <div class="cell grade">
          <span class="label hidden">Grade: </span>
          <Known error={errorAt('grade')}>{person.grade && nameOf(person.grade)}</Known>
        </div>
        <div class="cell position">
          <span class="label hidden">Position: </span>
          <Known error={errorAt('position')}>{person.position?.name}</Known>
        </div>
      </div>
      <div class="cell roles">
        <span class="label hidden">Job roles: </span>
        <Known error={errorAt('jobRoleAssignments')}>{rolesOf(person)}</Known>
      </div>
      <div class="state">
        <span class="hidden">Status: </span>
        <Known error={errorAt('status')}>{person.status && <Status of={person.status} />}</Known>
      </div>
    </li>
  );
}

function rolesOf({ jobRoleAssignments: assignments }: ListedPerson) {
  if (assignments === null || assignments.nodes.length === 0) return null;
  const others = (assignments.totalCount ?? 0) - assignments.nodes.length;
  return (
    <ul class="tags">
      {assignments.nodes.map((it) => (
        <li key={it.id}>{it.role?.name ?? 'A role that is not shown'}</li>
      ))}
      {others > 0 && <li class="plain">{others} more</li>}
    </ul>
  );
}
