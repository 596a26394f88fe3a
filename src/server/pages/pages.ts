import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { AccessSettings } from '../../config/access-settings.ts';
import type { Upstream } from '../../domain/upstream.ts';
import type { Authenticate } from '../authentication/authenticate.ts';
import type { AssetStore } from './asset-store.ts';
import type { Page } from './send.ts';

export type PagesOptions = {
  schema: GraphQLSchema;
  access: AccessSettings;
  authenticate: Authenticate;
  logger: Logger;
  configured: readonly Upstream[];
  /** The address of a person of the sandbox; null in live mode. */
  exampleEmail: string | null;
  /** Whether the endpoint will reject the request for its form, regardless of the operation. */
  isRefused: (request: IncomingMessage) => boolean;
};

const assetFolder = '/graphql/assets/';
const ownFiles = [
  'icon.svg',
  'start-page.css',
  'start-page.js',
  'graphiql-page.css',
  'graphiql-page.js',
  'explain-panel.js',
];

/**
 * Serves the pages for people and their files; other requests go to the endpoint. The start page is at `/`. GraphiQL is at the
 * endpoint's own path, for callers who accept HTML, and the files are below it, so that an ingress that routes only the
 * endpoint's path routes them too. Nothing is loaded or built before its first request.
 */
export function createPages(options: PagesOptions) {
  const { access, authenticate, logger, isRefused } = options;
  const isOpen = access.authentication.mode === 'none';
  let makers: Promise<PageMakers> | undefined;
  const pages = (): Promise<PageMakers> => {
    makers ??= makersOf(options);
    return makers;
  };

  async function respond(request: IncomingMessage, response: ServerResponse, endpoint: RequestListener): Promise<void> {
    const path = pathOf(request);
    const { assets, start, closed, graphiql, sendPage, sendAsset } = await pages();
    if (path === '/') {
      const page = isOpen || (await isKnown(request)) ? await start() : await closed();
      return sendPage(page, request, response);
    }
    if (!path.startsWith(assetFolder)) return sendPage(await graphiql(path), request, response);
    const asset = await assets.get(path.slice(assetFolder.length));
    if (asset === undefined) endpoint(request, response);
    else await sendAsset(asset, request, response);
  }

  async function isKnown({ headers }: IncomingMessage): Promise<boolean> {
    try {
      await authenticate({ get: (name) => [headers[name] ?? []].flat().join(', ') || null });
      return true;
    } catch (error) {
      if (error instanceof GraphQLError) return false;
      throw error;
    }
  }

  const isPage = (request: IncomingMessage): boolean => {
    const path = pathOf(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    if (path === '/' || path.startsWith(assetFolder)) return true;
    return access.hasGraphiql && /^\/graphql\/?$/.test(path) && request.headers.accept === 'text/html';
  };

  const around =
    (endpoint: RequestListener): RequestListener =>
    (request, response) => {
      if (isRefused(request) || !isPage(request)) return endpoint(request, response);
      respond(request, response, endpoint).catch((error: unknown) => {
        logger.error({ err: error }, 'a page could not be made');
        response.writeHead(500, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
        response.end('This page could not be made: the log says why.\n');
      });
    };

  return { around };
}

type PageMakers = {
  assets: AssetStore;
  start(): Promise<Page>;
  closed(): Promise<Page>;
  graphiql(path: string): Promise<Page>;
  sendPage: typeof import('./send.ts').sendPage;
  sendAsset: typeof import('./send.ts').sendAsset;
};

async function makersOf({ schema, access, configured, exampleEmail }: PagesOptions): Promise<PageMakers> {
  const [{ createAssetStore }, { startPage, closedPage }, { graphiqlPage }, { examplesFor }, { sendPage, sendAsset }] =
    await Promise.all([
      import('./asset-store.ts'),
      import('./start-page.ts'),
      import('./graphiql-page.ts'),
      import('./examples.ts'),
      import('./send.ts'),
    ]);
  const assets = createAssetStore(ownFiles, access.hasGraphiql);
  const examples = examplesFor(schema, exampleEmail ?? 'somebody@example.com');
  return {
    assets,
    sendPage,
    sendAsset,
    start: () => startPage(assets, { schema, access, configured, isSandbox: exampleEmail !== null, examples }),
    closed: () => closedPage(assets),
    // Relative to the requested address, because an ingress may have removed a prefix.
    graphiql: (path) => graphiqlPage(assets, examples, path.endsWith('/') ? 'assets/' : 'graphql/assets/'),
  };
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';
