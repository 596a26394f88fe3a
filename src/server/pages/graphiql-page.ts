import type { AssetStore } from './asset-store.ts';
import type { Example } from './examples.ts';
import { jsonElement } from './html.ts';
import type { Page } from './send.ts';

/** Monaco writes style elements, and uses images from its style sheet. */
const policy = {
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'worker-src': "'self'",
};

/** `assetPath`: the path from the page's own address to the files. */
export async function graphiqlPage(assets: AssetStore, examples: Example[], assetPath: string): Promise<Page> {
  const { script, style, workers } = await assets.graphiql();
  const [icon, ownStyle, ownScript, explainPanel] = await Promise.all(
    ['icon.svg', 'graphiql-page.css', 'graphiql-page.js', 'explain-panel.js'].map(assets.own),
  );
  // Prefetched, because Monaco restarts workers while they load, and would load them again.
  const prefetched = (name: string) => `<link rel="prefetch" href="${assetPath}${name}">`;
  const data = {
    examples: examples.map(({ query, variables }) => ({ query, variables })),
    workers,
    icon,
    explainPanel,
  };
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>hr-graph: GraphiQL</title>
<link rel="icon" href="${assetPath}${icon}">
<link rel="stylesheet" href="${assetPath}${style}">
<link rel="stylesheet" href="${assetPath}${ownStyle}">
${Object.values(workers).map(prefetched).join('\n')}
${jsonElement('page-data', data)}
<script defer src="${assetPath}${script}"></script>
<script defer src="${assetPath}${ownScript}"></script>
</head>
<body class="no-focus-outline">
<noscript>GraphiQL runs in the browser, by JavaScript, which is off.</noscript>
<div id="root"></div>
<section id="explanation" aria-label="What the last answer took" hidden></section>
</body>
</html>
`;
  return { html, policy };
}
