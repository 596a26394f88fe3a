import { signal } from '@preact/signals';

const said = signal('');

/** For screen readers, as soon as they have nothing else to say. */
export function announce(text: string): void {
  said.value = text;
}

/** The one live region of the page: it is there before anything is said, or nothing would be. */
export const Announcer = () => (
  <p class="hidden" role="status" id="announcer">
    {said}
  </p>
);
