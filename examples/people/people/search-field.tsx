import { useEffect, useRef, useState } from 'preact/hooks';

const typingMs = 200;

type Props = { value: string; onChange: (text: string) => void };

/** Asks a moment after the last letter; Enter asks at once. */
export function SearchField({ value, onChange }: Props) {
  const [text, setText] = useState(value);
  const typing = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // The address has changed by itself: going back, or all filters taken away.
  useEffect(() => setText(value), [value]);
  useEffect(() => () => clearTimeout(typing.current), []);
  const tell = (next: string, waitMs: number) => {
    setText(next);
    clearTimeout(typing.current);
    typing.current = setTimeout(() => next !== value && onChange(next), waitMs);
  };
  return (
    <form
      class="search"
      onSubmit={(event) => {
        event.preventDefault();
        tell(text, 0);
      }}
    >
      <label for="search" class="hidden">
        Search by name
      </label>
      <input
        id="search"
        type="search"
        autocomplete="off"
        placeholder="Search by name"
        value={text}
        onInput={({ currentTarget }) => tell(currentTarget.value, typingMs)}
      />
    </form>
  );
}
