import type { InputHTMLAttributes } from 'preact';

type Props = { id: string; name: string; label: string; error?: string | undefined } & InputHTMLAttributes;

/** A field with its label, and with what is wrong with it where screen readers look for that. */
export const Field = ({ id, label, error, ...input }: Props) => (
  <div class="field">
    <label for={id}>{label}</label>
    <input
      id={id}
      required
      autocomplete="off"
      aria-invalid={error !== undefined}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      {...input}
    />
    {error !== undefined && (
      <p class="refused" id={`${id}-error`} role="alert">
        {error}
      </p>
    )}
  </div>
);
