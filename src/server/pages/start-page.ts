import type { GraphQLSchema } from 'graphql';
import packageJson from '../../../package.json' with { type: 'json' };
import type { AccessSettings } from '../../config/access-settings.ts';
import { type Upstream, upstreamName, upstreamOwns, upstreams } from '../../domain/upstream.ts';
import type { AssetStore } from './asset-store.ts';
import type { Example } from './examples.ts';
import { graphModelOf } from './graph-model.ts';
import { graphPicture } from './graph-picture.ts';
import { escapeHtml } from './html.ts';
import type { Page } from './send.ts';

export type StartPageOptions = {
  schema: GraphQLSchema;
  access: AccessSettings;
  configured: readonly Upstream[];
  isSandbox: boolean;
  examples: Example[];
};

const { version } = packageJson;

/** The page at `/`: what this deployment serves, and the state of its systems. Only for callers with access. */
export async function startPage(assets: AssetStore, options: StartPageOptions): Promise<Page> {
  const { schema, access, configured, isSandbox, examples } = options;
  const body = `<header>
<h1>hr-graph</h1>
<p class="lead">One GraphQL graph over ${listed(upstreams.map(upstreamName))}. Ask for a person once, and get their grade, position,
profession and job roles together.</p>
<p class="facts"><span>${isSandbox ? 'Sandbox: the systems are emulated, and the people are invented.' : 'Live'}</span>
<span>Version ${escapeHtml(version)}</span></p>
<nav aria-label="Ways in">${access.hasGraphiql ? '<a class="button" href="graphql">Open GraphiQL</a>' : ''}
<a href="healthz">Liveness</a> <a href="readyz">Readiness</a></nav>
</header>
<main>
<section aria-labelledby="systems"><h2 id="systems">Systems</h2>
<p id="summary" role="status">One moment…</p>
<ul class="systems">${upstreams.map((upstream) => systemCard(upstream, configured.includes(upstream))).join('\n')}</ul>
<noscript><p>This page needs JavaScript to show the state of the systems. <a href="readyz">/readyz</a> has it too.</p></noscript>
</section>
${access.hasIntrospection ? pictureSection(schema) : ''}
${access.hasGraphiql && examples.length > 0 ? examplesSection(examples) : ''}
${programsSection(access)}
</main>`;
  return pageOf(assets, body, ['start-page.js']);
}

/** For unauthenticated callers: reveals nothing about the deployment. */
export async function closedPage(assets: AssetStore): Promise<Page> {
  const body = `<main class="closed"><h1>hr-graph</h1>
<p>Callers have to sign in: send a credential, <code>Authorization: Bearer …</code>.</p></main>`;
  const page = await pageOf(assets, body, []);
  return { ...page, status: 401, headers: { 'www-authenticate': 'Bearer realm="hr-graph"' } };
}

async function pageOf(assets: AssetStore, body: string, scripts: string[]): Promise<Page> {
  const [icon, style, ...names] = await Promise.all(['icon.svg', 'start-page.css', ...scripts].map(assets.own));
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>hr-graph</title>
<link rel="icon" href="graphql/assets/${icon}">
<link rel="stylesheet" href="graphql/assets/${style}">
${names.map((name) => `<script defer src="graphql/assets/${name}"></script>`).join('\n')}
</head>
<body>
${body}
</body>
</html>
`;
  return { html, policy: {} };
}

function systemCard(upstream: Upstream, isConfigured: boolean): string {
  const [state, text, note] = isConfigured
    ? ['waiting', '…', '']
    : ['off', 'Not configured', 'Its fields answer null, with UPSTREAM_NOT_CONFIGURED.'];
  return `<li class="system" data-upstream="${upstream}" data-state="${state}">
<h3>${escapeHtml(upstreamName(upstream))}</h3>
<p class="state">${text}</p>
<p class="owns">Owns ${escapeHtml(upstreamOwns(upstream))}.</p>
<p class="directory">${note}</p>
</li>`;
}

function pictureSection(schema: GraphQLSchema): string {
  const model = graphModelOf(schema);
  return `<section aria-labelledby="graph"><h2 id="graph">The graph</h2>
<p>Types with an id, the system that owns each, and the fields that lead from one type to another.</p>
<div class="picture wide">${graphPicture(model, { width: 960, columns: 3 })}</div>
<div class="picture narrow">${graphPicture(model, { width: 340, columns: 1 })}</div>
</section>`;
}

function examplesSection(examples: Example[]): string {
  const items = examples.map(({ title, about, query, variables }) => {
    const link = `graphql#${new URLSearchParams(variables === '' ? { query } : { query, variables })}`;
    return `<li class="example"><h3>${escapeHtml(title)}</h3><p>${escapeHtml(about)}</p>
<a href="${escapeHtml(link)}" aria-label="Open in GraphiQL: ${escapeHtml(title)}">Open in GraphiQL</a></li>`;
  });
  return `<section aria-labelledby="examples"><h2 id="examples">Examples</h2>
<ul class="examples">${items.join('\n')}</ul></section>`;
}

/** The page's script completes the address, because an ingress may have added a prefix. */
function programsSection({ authentication, hasIntrospection, persistedOperations }: AccessSettings): string {
  const credential = authentication.mode === 'none' ? '' : ' -H "Authorization: Bearer $TOKEN"';
  const query = hasIntrospection
    ? '{ employees(first: 3) { nodes { displayName grade { name } } } }'
    : '{ __typename }';
  const curl = `curl -s <span class="endpoint">/graphql</span> -H 'content-type: application/json'${credential} \\
  -d '${JSON.stringify({ query })}'`;
  return `<section aria-labelledby="programs"><h2 id="programs">For programs</h2>
<p>The endpoint takes GraphQL over HTTP at <code class="endpoint">/graphql</code>.</p>
${persistedOperations.isOnly ? '<p>It runs only persisted operations.</p>' : `<pre tabindex="0"><code>${curl}</code></pre>`}
</section>`;
}

const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
