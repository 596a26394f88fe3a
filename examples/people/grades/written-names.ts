import { signal } from '@preact/signals';

/** Names of grades that are on their way to the server, or were written after the page was read; by id. */
const written = signal<ReadonlyMap<string, string>>(new Map());

/** What a grade is called on all pages at once, from the moment that somebody has renamed it. */
export const nameOf = ({ id, name }: { id: string; name: string }): string => written.value.get(id) ?? name;

export const isBeingWritten = (id: string): boolean => written.value.has(id);

/** Null takes it back: what was read is shown again. */
export function setWrittenName(id: string, name: string | null): void {
  const next = new Map(written.value);
  if (name === null) next.delete(id);
  else next.set(id, name);
  written.value = next;
}
