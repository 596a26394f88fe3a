import { signal } from '@preact/signals';

/** What is kept in an entry of the history: how the page was when it was left, for going back to it and for reloads. */
export type Left = {
  scroll: number;
  /** The id of the element that had the focus. */
  focus: string | null;
  /** How many rows of its list were asked for. */
  rows: number;
};

export type Place = {
  path: string;
  query: string;
  left: Left;
  /** Whether somebody came here by the page itself, and the focus has to follow. */
  isArrival: boolean;
};

const untouched: Left = { scroll: 0, focus: null, rows: 0 };

export const place = signal<Place>({ ...addressed(), left: leftOf(history.state), isArrival: false });

function addressed(): { path: string; query: string } {
  return { path: location.pathname, query: location.search };
}

/** Another page is arrived at: it begins at its top. Another view of the same page stays where it is. */
export function go(href: string, { replace = false } = {}): void {
  const isOtherPage = new URL(href, location.href).pathname !== location.pathname;
  keep({ scroll: scrollY, focus: document.activeElement?.id || null });
  if (replace) history.replaceState(untouched, '', href);
  else history.pushState(untouched, '', href);
  place.value = { ...addressed(), left: untouched, isArrival: isOtherPage };
}

/** Adds to what is kept of the present page. */
export function keep(changes: Partial<Left>): void {
  history.replaceState({ ...leftOf(history.state), ...changes }, '');
}

export function followHistory(): void {
  history.scrollRestoration = 'manual';
  addEventListener('popstate', () => {
    const isOtherPage = location.pathname !== place.value.path;
    place.value = { ...addressed(), left: leftOf(history.state), isArrival: isOtherPage };
  });
  // The entry that is left by going back can no longer be written to: it is kept up to date.
  addEventListener('scrollend', () => keep({ scroll: scrollY }));
  addEventListener('pagehide', () => keep({ scroll: scrollY }));
}

function leftOf(state: unknown): Left {
  const { scroll, focus, rows } = Object(state);
  return {
    scroll: typeof scroll === 'number' ? scroll : 0,
    focus: typeof focus === 'string' ? focus : null,
    rows: typeof rows === 'number' ? rows : 0,
  };
}
