// Runs in the start page: polls the state of the systems while the page is visible.

/**
 * @typedef {{ isComplete: boolean, ageSeconds: number | null, people: number, expected: number | null }} Directory
 * @typedef {{ status: string, hasDirectory: boolean, upstreams: Record<string, { state: string, directory: Directory }> }} Readiness
 */

(() => {
  const everyMs = 5_000;
  /** @type {Record<string, string>} */
  const stateNames = { UP: 'Up', DEGRADED: 'The last request failed', DOWN: 'Down' };
  const number = new Intl.NumberFormat('en');

  /** @type {(element: Element | null, text: string) => void} */
  function write(element, text) {
    // Screen readers read a text again whenever it is written.
    if (element !== null && element.textContent !== text) element.textContent = text;
  }

  /** @type {(directory: Directory) => string} */
  function described({ isComplete, ageSeconds, people, expected }) {
    if (!isComplete) {
      const total = expected === null ? '' : ` of about ${number.format(expected)}`;
      return `Reading: ${number.format(people)}${total} people so far.`;
    }
    return `Directory: ${number.format(people)} people, read ${ageOf(ageSeconds ?? 0)} ago.`;
  }

  /** @type {(seconds: number) => string} */
  function ageOf(seconds) {
    if (seconds < 60) return `${seconds} s`;
    return seconds < 3_600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3_600)} h`;
  }

  /** @type {(readiness: Readiness) => string} */
  function summaryOf({ status, hasDirectory, upstreams }) {
    const down = Object.values(upstreams).filter(({ state }) => state === 'DOWN').length;
    if (status === 'stopping') return 'This process is stopping.';
    if (!hasDirectory) return 'hr-graph is still reading the directory: fields about people may have to wait.';
    if (down > 0)
      return `${down === 1 ? 'One system does' : `${down} systems do`} not respond: stale data serves for a while, then fields fail with an error code.`;
    return 'All people are read, and every configured system responds.';
  }

  /** @type {(readiness: Readiness) => void} */
  function show(readiness) {
    write(document.getElementById('summary'), summaryOf(readiness));
    for (const [upstream, { state, directory }] of Object.entries(readiness.upstreams)) {
      const card = document.querySelector(`[data-upstream="${CSS.escape(upstream)}"]`);
      if (!(card instanceof HTMLElement)) continue;
      card.dataset.state = state.toLowerCase();
      write(card.querySelector('.state'), stateNames[state] ?? state);
      write(card.querySelector('.directory'), described(directory));
    }
  }

  function showSilence() {
    write(document.getElementById('summary'), 'hr-graph does not respond. This page shows the last known state.');
    for (const card of document.querySelectorAll('.system:not([data-state="off"])')) {
      if (card instanceof HTMLElement) card.dataset.state = 'waiting';
      write(card.querySelector('.state'), 'Unknown');
    }
  }

  async function poll() {
    try {
      // 503 is a valid response too, while the process starts or stops.
      const response = await fetch('readyz', { cache: 'no-store' });
      show(await response.json());
    } catch {
      showSilence();
    }
  }

  async function pollAgain() {
    if (!document.hidden) await poll();
    setTimeout(pollAgain, everyMs);
  }
  document.addEventListener('visibilitychange', () => document.hidden || poll());
  pollAgain();

  // An ingress may have added a prefix.
  for (const place of document.querySelectorAll('.endpoint')) write(place, new URL('graphql', location.href).href);
})();
