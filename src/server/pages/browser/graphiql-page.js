// Runs in GraphiQL's page, after GraphiQL. A classic script, so that its own address leads to the files beside it.

/** @typedef {{ query?: string | null, variables?: string | null }} Tab */

(() => {
  const beside = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;
  /** @type {{ examples: Tab[], workers: Record<string, string>, icon: string, explainPanel: string }} */
  const { examples, workers, icon, explainPanel } = JSON.parse(document.getElementById('page-data')?.textContent ?? '');
  const endpoint = location.pathname;

  Object.assign(globalThis, {
    MonacoEnvironment: {
      globalAPI: false,
      /** @type {(module: string, label: string) => string} */
      getWorkerUrl: (_, label) => new URL(workers[label] ?? workers.editorWorkerService ?? '', beside).href,
    },
  });

  // Queries may name people, and headers hold tokens, so both are stored for this tab only and end with it. Only the theme
  // is shared by all tabs.
  /** @type {(key: string) => Storage} */
  const placeOf = (key) => (key === 'graphiql:theme' ? localStorage : sessionStorage);
  const storage = {
    get length() {
      return sessionStorage.length + localStorage.length;
    },
    /** @type {(key: string) => string | null} */
    getItem: (key) => placeOf(key).getItem(key),
    /** @type {(key: string, value: string) => void} */
    setItem: (key, value) => placeOf(key).setItem(key, value),
    /** @type {(key: string) => void} */
    removeItem: (key) => placeOf(key).removeItem(key),
    clear: () => {
      sessionStorage.clear();
      localStorage.clear();
    },
  };
  // Headers survive a reload only if the user turns that on in GraphiQL's settings.
  const keepsHeaders = 'graphiql:shouldPersistHeaders';
  if (storage.getItem(keepsHeaders) === null) storage.setItem(keepsHeaders, 'false');

  /** The operation in the address: behind `#`, which browsers do not send, or in the query string, as in older links. */
  function shared() {
    for (const text of [location.hash.slice(1), location.search.slice(1)]) {
      const parameters = new URLSearchParams(text);
      const query = parameters.get('query');
      if (query !== null) return { query, variables: parameters.get('variables') ?? '' };
    }
    return null;
  }

  /** @type {{ query: string, variables: string }} */
  const shown = shared() ?? { query: '', variables: '' };
  /** @type {(changes: Partial<typeof shown>) => void} */
  function share(changes) {
    Object.assign(shown, changes);
    const parameters = new URLSearchParams(shown.variables.trim() === '' ? { query: shown.query } : shown);
    history.replaceState(history.state, '', `${location.pathname}#${parameters}`);
  }
  // The user followed another link to this page.
  addEventListener('hashchange', () => location.reload());

  /** @type {(params: { query: string, variables?: unknown, operationName?: string | null }, options?: { headers?: Record<string, string> }) => Promise<unknown>} */
  async function fetcher({ query, variables, operationName }, { headers } = {}) {
    const isExplained = document.querySelector('#explain:checked') !== null && operationName !== 'IntrospectionQuery';
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        ...(isExplained && { 'x-hr-graph-explain': '1' }),
        ...headers,
      },
      // Right after a change of tabs GraphiQL still has the operation name of the other tab.
      body: JSON.stringify({ query, variables, ...(query.includes(` ${operationName}`) && { operationName }) }),
    });
    const text = await response.text();
    /** @type {Answer} */
    const answer = parsed(text) ?? { errors: [{ message: `${response.status} ${response.statusText}: ${text}` }] };
    if (operationName !== 'IntrospectionQuery') await showExplanation(answer.extensions?.explain);
    return answer;
  }

  /** @typedef {{ errors?: object[], extensions?: { explain?: unknown } }} Answer */
  /** @type {(text: string) => Answer | null} */
  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  /** @type {(explanation: unknown) => Promise<void>} */
  async function showExplanation(explanation) {
    const place = document.getElementById('explanation');
    if (place === null) return;
    if (explanation === undefined) place.hidden = true;
    else (await import(new URL(explainPanel, beside).href)).drawExplanation(explanation, place);
  }

  /** The tab that was open before a reload. @returns {(Tab & { headers?: string | null }) | null} */
  function reopened() {
    const { tabs = [], activeTabIndex = 0 } = JSON.parse(storage.getItem('graphiql:tabState') ?? '{}');
    return tabs[activeTabIndex] ?? null;
  }

  const link = shared();
  const first = link ?? reopened() ?? examples[0] ?? {};
  const home = location.pathname.replace(/[^/]*\/?$/, '');
  YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
    title: `<span class="title">hr-graph</span>
      <label class="explain" title="Shows below what the answer took: it is asked with X-Hr-Graph-Explain: 1">
        <input type="checkbox" id="explain"> Explain</label>`,
    logo: `<a href="${home}" title="Start page"><img src="${new URL(icon, beside)}" alt="Start page"></a>`,
    storage,
    fetcher,
    defaultTabs: link === null ? examples : [link, ...examples.filter((example) => example.query !== link.query)],
    initialQuery: first.query ?? '',
    initialVariables: first.variables ?? '',
    shouldPersistHeaders: true,
    onEditQuery: (/** @type {string} */ query) => share({ query }),
    onEditVariables: (/** @type {string} */ variables) => share({ variables }),
    onTabChange: (/** @type {{ tabs: Tab[], activeTabIndex: number }} */ { tabs: open, activeTabIndex }) => {
      const { query, variables } = open[activeTabIndex] ?? {};
      share({ query: query ?? '', variables: variables ?? '' });
    },
  });
})();
