import type { GraphError } from 'hr-graph/client';
import { Known } from '../parts/known.tsx';
import { AssignRole } from './assign-role.tsx';
import type { Person } from './person-query.ts';

export function JobRoles({ person, error }: { person: Person; error: GraphError | undefined }) {
  const assignments = person.jobRoleAssignments?.nodes ?? [];
  const others = (person.jobRoleAssignments?.totalCount ?? 0) - assignments.length;
  return (
    <section class="card padded" aria-labelledby="roles">
      <h2 id="roles">
        Job roles <span class="system CTRL_HUB">Ctrl Hub</span>
      </h2>
      <Known error={error}>
        {assignments.length > 0 && (
          <ul class="held">
            {assignments.map(({ id, role, type }) => (
              <li key={id}>
                <strong>{role?.name ?? 'A role that is not shown'}</strong>
                {type && <span class="quiet">{type.replaceAll('_', ' ')}</span>}
                {role && role.requiredQualifications.length > 0 && (
                  <span class="quiet needs">asks for {role.requiredQualifications.join(', ')}</span>
                )}
              </li>
            ))}
          </ul>
        )}
        {assignments.length === 0 && <p class="quiet">None is held.</p>}
        {others > 0 && <p class="quiet">and {others} more</p>}
      </Known>
      {person.jobRoleAssignments !== null && (
        <AssignRole personId={person.id} held={new Set(assignments.flatMap((it) => it.role?.id ?? []))} />
      )}
    </section>
  );
}
