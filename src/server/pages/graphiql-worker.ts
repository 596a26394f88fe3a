import { parentPort } from 'node:worker_threads';
import { graphiqlAssets } from './graphiql-assets.ts';

// Runs once, in a thread of its own, whose memory ends with it: see asset-store.ts.

parentPort?.postMessage(graphiqlAssets());
