// Draws `extensions.explain` of a response. GraphiQL's page loads this file when a response has it.

/**
 * @typedef {{ upstream: string, method: string, path: string, why: string, startMs: number, ms: number | null,
 *   isShared: boolean, rows: number | null, status: number | null, error: string | null }} UpstreamRequest
 * @typedef {{ upstream: string, reason: string, why: string, startMs: number, ms: number, error: string | null }} Wait
 * @typedef {{ list: string, upstream: string, state: string, ageSeconds: number | null, rows: number | null,
 *   error: string | null }} List
 * @typedef {{ totalMs: number, phases: Record<string, number>, upstreamRequests: UpstreamRequest[], waits?: Wait[],
 *   lists?: List[] }} Explanation
 * @typedef {{ what: string, why: string, outcome: string, startMs: number, ms: number | null, kind: string }} Row
 */

/** Shows the explanation in the place. Hides the place if the explanation has an unknown shape. */
/** @type {(explanation: unknown, place: HTMLElement) => void} */
export function drawExplanation(explanation, place) {
  place.hidden = !isExplanation(explanation);
  if (!isExplanation(explanation)) return;
  const close = element('button', { text: 'Close', className: 'close' });
  close.type = 'button';
  close.addEventListener('click', () => {
    place.hidden = true;
  });
  const head = element('header', { children: [element('p', { text: summaryOf(explanation) }), close] });
  place.replaceChildren(head, ...waterfallOf(explanation), ...listsOf(explanation));
}

/** @type {(value: unknown) => value is Explanation} */
const isExplanation = (value) =>
  typeof value === 'object' &&
  value !== null &&
  'totalMs' in value &&
  typeof value.totalMs === 'number' &&
  'upstreamRequests' in value &&
  Array.isArray(value.upstreamRequests);

/** @type {(explanation: Explanation) => string} */
function summaryOf({ totalMs, phases, upstreamRequests: { length } }) {
  const parts = Object.entries(phases ?? {}).map(([name, ms]) => `${name.replace(/Ms$/, '')} ${ms}`);
  const requests = length === 0 ? 'no upstream request' : `${length} upstream request${length === 1 ? '' : 's'}`;
  return `${totalMs} ms, ${requests}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

/** @type {(explanation: Explanation) => HTMLElement[]} */
function waterfallOf({ totalMs, upstreamRequests, waits = [] }) {
  /** @type {Row[]} */
  const rows = [
    ...upstreamRequests.map((request) => ({
      what: `${request.upstream} ${request.method} ${request.path}`,
      why: request.isShared ? `${request.why}, shared` : request.why,
      outcome: [request.status, request.error, request.rows === null ? null : `${request.rows} rows`]
        .filter((part) => part != null)
        .join(' '),
      startMs: request.startMs,
      ms: request.ms,
      kind: request.error === null ? 'request' : 'failure',
    })),
    ...waits.map((wait) => ({
      what: `${wait.upstream} ${wait.reason}`,
      why: wait.why,
      outcome: wait.error ?? '',
      startMs: wait.startMs,
      ms: wait.ms,
      kind: 'wait',
    })),
  ].sort((a, b) => a.startMs - b.startMs);
  if (rows.length === 0) return [];
  const from = Math.min(0, ...rows.map(({ startMs }) => startMs));
  const to = Math.max(totalMs, ...rows.map(({ startMs, ms }) => startMs + (ms ?? 0)));
  const head = ['Request', 'For', 'Outcome', 'ms', 'When'].map((text) => element('th', { text }));
  const body = rows.map((row) => element('tr', { children: cellsOf(row, from, Math.max(to - from, 1)) }));
  return [
    element('table', {
      children: [
        element('thead', { children: [element('tr', { children: head })] }),
        element('tbody', { children: body }),
      ],
    }),
  ];
}

/** @type {(row: Row, from: number, span: number) => HTMLElement[]} */
function cellsOf({ what, why, outcome, startMs, ms, kind }, from, span) {
  const bar = element('span', { className: `bar ${kind}` });
  const left = (100 * (startMs - from)) / span;
  bar.style.left = `${left}%`;
  bar.style.width = `${Math.max(0.5, ms === null ? 100 - left : (100 * ms) / span)}%`;
  const time = ms === null ? '…' : ms.toFixed(1);
  bar.title = `from ${startMs.toFixed(1)} ms on, for ${time} ms`;
  return [
    element('td', { text: what }),
    element('td', { text: why }),
    element('td', { text: outcome }),
    element('td', { text: time, className: 'number' }),
    element('td', { className: 'track', children: [bar] }),
  ];
}

/** @type {(explanation: Explanation) => HTMLElement[]} */
function listsOf({ lists = [] }) {
  if (lists.length === 0) return [];
  const items = lists.map(({ list, upstream, state, ageSeconds, rows, error }) => {
    const age = ageSeconds === null ? null : `${ageSeconds} s old`;
    const facts = [state, rows === null ? null : `${rows} rows`, age, error].filter((fact) => fact != null);
    return element('li', { text: `${upstream} ${list}: ${facts.join(', ')}` });
  });
  return [element('ul', { children: items })];
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {{ text?: string, className?: string, children?: Node[] }} content
 */
function element(tag, { text = '', className = '', children = [] }) {
  const node = document.createElement(tag);
  if (className !== '') node.className = className;
  node.append(text, ...children);
  return node;
}
