import { useSignal } from '@preact/signals';
import type { AssignJobRoleMutation } from 'hr-graph/client';
import { hrGraph } from '../graph/hr-graph.ts';
import { refreshEverything, useQuery } from '../graph/queries.ts';
import { troubleOf } from '../graph/sentences.ts';
import { announce } from '../parts/announcer.tsx';
import { choicesIn, choicesQueries } from '../people/choices-query.ts';

/** Ctrl Hub publishes no list of roles: those that nobody holds can only be named by their id there. */
const unlisted = 'unlisted';

/**
 * Gives somebody a job role that they do not hold yet. Nothing is shown before Ctrl Hub has done it: a role may carry rights,
 * and there is no way to take it back.
 */
export function AssignRole({ personId, held }: { personId: string; held: ReadonlySet<string> }) {
  const { choices, hint } = choicesIn(useQuery(choicesQueries, null).result.value).role;
  const chosen = useSignal('');
  const ctrlHubId = useSignal('');
  const isSending = useSignal(false);
  const outcome = useSignal<Outcome | null>(null);
  const assign = async () => {
    if (isSending.value) return;
    isSending.value = true;
    outcome.value = null;
    const role = chosen.value === unlisted ? { ctrlHubRoleId: ctrlHubId.value.trim() } : { jobRoleId: chosen.value };
    try {
      const { data } = await hrGraph.assignJobRole({ input: { employeeId: personId, ...role } });
      outcome.value = outcomeOf(data.createJobRoleAssignment);
    } catch (thrown) {
      outcome.value = { isDone: false, text: `${troubleOf(thrown).text} What is held now is read again.` };
    }
    // It may have been done although no answer came: what is held now tells.
    await refreshEverything();
    isSending.value = false;
    if (outcome.value.isDone) chosen.value = '';
    announce(outcome.value.isDone ? outcome.value.text : '');
  };
  return (
    <form
      class="assign"
      onSubmit={(event) => {
        event.preventDefault();
        void assign();
      }}
    >
      <label>
        Another job role
        <select required value={chosen.value} onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}>
          <option value="">Choose…</option>
          {choices
            .filter((it) => !held.has(it.value))
            .map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          <option value={unlisted}>One that nobody holds yet…</option>
        </select>
      </label>
      {chosen.value === unlisted && (
        <label>
          Its id in Ctrl Hub
          <input
            required
            value={ctrlHubId.value}
            onInput={({ currentTarget }) => (ctrlHubId.value = currentTarget.value)}
          />
        </label>
      )}
      <button type="submit" class="primary" aria-disabled={isSending.value}>
        {isSending.value ? 'Assigning…' : 'Assign'}
      </button>
      <p class="quiet">{hint ?? 'Ctrl Hub knows no way to take a role back.'}</p>
      {outcome.value !== null && (
        <p class={outcome.value.isDone ? 'done' : 'refused'} role={outcome.value.isDone ? undefined : 'alert'}>
          {outcome.value.text}
        </p>
      )}
    </form>
  );
}

type Outcome = { isDone: boolean; text: string };

function outcomeOf(result: AssignJobRoleMutation['createJobRoleAssignment']): Outcome {
  switch (result.__typename) {
    case 'CreateJobRoleAssignmentSuccess':
      return { isDone: true, text: `Assigned: ${result.assignment.role?.name ?? 'the role'}.` };
    case 'AlreadyExistsError':
      return { isDone: false, text: 'This role is held already.' };
    case 'InvalidInputError':
      return { isDone: false, text: result.fields.map((it) => it.message).join(' ') };
    default:
      return { isDone: false, text: result.message };
  }
}
