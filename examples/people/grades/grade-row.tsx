import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Row } from '../graph/rows.ts';
import { announce } from '../parts/announcer.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { Known } from '../parts/known.tsx';
import { Link } from '../routing/link.tsx';
import type { EditableGrade } from './grades-query.ts';
import { NameForm } from './name-form.tsx';
import type { Refusal } from './refusal.ts';
import { renameGrade } from './rename.ts';
import { isBeingWritten, nameOf } from './written-names.ts';

/** What somebody has typed, and why it was not taken, until it is. */
type Draft = { name: string; refusal: Refusal | null };

export function GradeRow({ node: grade, errors, path }: Row<EditableGrade>) {
  const draft = useSignal<Draft | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    if (wasOpen.current && draft.value === null) button.current?.focus();
    wasOpen.current = draft.value !== null;
  }, [draft.value]);
  const save = async (name: string) => {
    draft.value = null;
    announce(`Renaming to ${name}.`);
    const refusal = await renameGrade(grade, name);
    if (refusal === null) announce(`Renamed to ${name}.`);
    else draft.value = { name, refusal };
  };
  return (
    <li class={`grade-row ${grade.isActive ? '' : 'unused'}`}>
      <div class="who">
        <h2>{nameOf(grade)}</h2>
        <span class="quiet">
          <code>{grade.externalKey}</code>
          {isBeingWritten(grade.id) && ' · Saving…'}
          {!grade.isActive && ' · Not in use'}
        </span>
      </div>
      <div class="holders">
        <Known error={errors.get(`${path}.employees`)}>{holdersOf(grade)}</Known>
      </div>
      {draft.value === null ? (
        <button
          type="button"
          ref={button}
          aria-label={`Rename ${nameOf(grade)}`}
          aria-disabled={isBeingWritten(grade.id)}
          onClick={() => {
            if (!isBeingWritten(grade.id)) draft.value = { name: grade.name, refusal: null };
          }}
        >
          Rename
        </button>
      ) : (
        <NameForm
          id={grade.id}
          draft={draft.value}
          onSave={(name) => void save(name)}
          onCancel={() => {
            draft.value = null;
          }}
        />
      )}
    </li>
  );
}

function holdersOf({ employees, externalKey }: EditableGrade) {
  if (employees === null || employees.nodes.length === 0) return <span class="nothing">Nobody has it</span>;
  const count = employees.totalCount ?? employees.nodes.length;
  return (
    <>
      <span class="stack">
        {employees.nodes.map(({ id, displayName }) => (
          <Avatar key={id} id={id} name={displayName} size="tiny" />
        ))}
      </span>
      <Link href={`/?grade=${encodeURIComponent(externalKey)}`}>
        {count} {count === 1 ? 'person' : 'people'}
      </Link>
    </>
  );
}
