import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// The page asks its own server, which passes it on to hr-graph: no CORS, and no address in the page.
const proxy = { '/graphql': { target: process.env.HR_GRAPH_ORIGIN ?? 'http://localhost:4000', changeOrigin: true } };

export default defineConfig({
  root: import.meta.dirname,
  // In a project of your own, the package is installed.
  resolve: { alias: { 'hr-graph/client': fileURLToPath(new URL('../../src/client/client.ts', import.meta.url)) } },
  server: { proxy },
  preview: { proxy },
});
