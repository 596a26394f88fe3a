import { parentPort } from 'node:worker_threads';
import { graphiqlAssets } from './graphiql-assets.ts';

// Runs once, in a separate thread whose memory is freed at its end: see asset-store.ts.

parentPort?.postMessage(graphiqlAssets());
