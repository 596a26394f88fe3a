import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { serverAddress } from './server-address.ts';

// The page asks its own server, which passes it on to hr-graph: no CORS, and no address in the page.
const target = serverAddress(undefined, process.cwd());
const proxy = { '/graphql': { target, changeOrigin: true } };

export default defineConfig({
  root: import.meta.dirname,
  // In a project of your own, the package is installed.
  resolve: { alias: { 'hr-graph/client': fileURLToPath(new URL('../../src/client/client.ts', import.meta.url)) } },
  // A port that is in use is passed over for the next one.
  server: { proxy },
  preview: { proxy },
});
