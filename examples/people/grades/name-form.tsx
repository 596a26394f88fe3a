import { useEffect, useRef } from 'preact/hooks';
import { Field } from '../parts/field.tsx';
import type { Refusal } from './refusal.ts';

type Props = {
  id: string;
  draft: { name: string; refusal: Refusal | null };
  onSave: (name: string) => void;
  onCancel: () => void;
};

/** In place of the button that opened it. It takes the focus, also when it comes back with a refusal. */
export function NameForm({ id, draft: { name, refusal }, onSave, onCancel }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.select(), []);
  return (
    <form
      class="rename"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = String(new FormData(event.currentTarget).get('name')).trim();
        if (typed === name && refusal === null) onCancel();
        else onSave(typed);
      }}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <Field id={`name-${id}`} name="name" label="New name" value={name} error={refusal?.fields.name} maxLength={100} />
      <button type="submit" class="primary">
        Save
      </button>
      <button type="button" onClick={onCancel}>
        Cancel
      </button>
      {refusal?.whole != null && (
        <p class="refused" role="alert">
          {refusal.whole}
        </p>
      )}
    </form>
  );
}
