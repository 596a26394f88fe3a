import { createServer } from 'vite';
import { serverAddress } from './server-address.ts';

// `npm run example:people [-- address]` serves this folder, and passes what the page asks on to hr-graph.

const target = serverAddress(process.argv[2], process.cwd());
process.env.HR_GRAPH_ORIGIN = target;

const isThere = await fetch(new URL('/healthz', target)).then(
  ({ ok }) => ok,
  () => false,
);
const vite = await createServer({ configFile: `${import.meta.dirname}/vite.config.ts`, clearScreen: false });
await vite.listen();
const [page] = vite.resolvedUrls?.local ?? [];
process.stdout.write(`people at ${page}, over hr-graph at ${target}\n`);
if (!isThere) {
  process.stderr.write(
    `Nothing answers at ${target} yet. Start hr-graph (npm start), or name its address: -- <address>\n`,
  );
}
