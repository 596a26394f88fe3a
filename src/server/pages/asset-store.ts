import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Asset, isExtension, toAsset } from './asset.ts';
import type { GraphiqlAssets } from './graphiql-assets.ts';

/** The files of the pages. A file is read when a page that refers to it is first requested. */
export type AssetStore = {
  /** Returns a file by its name; undefined if no page of this process refers to it. */
  get(name: string): Promise<Asset | undefined>;
  /** Returns the public name of a file in browser/. */
  own(file: string): Promise<string>;
  graphiql(): Promise<GraphiqlAssets>;
};

/** `ownFiles`: all files in browser/ that pages refer to. */
export function createAssetStore(ownFiles: readonly string[], hasGraphiql: boolean): AssetStore {
  const own = new Map<string, Promise<Asset>>();
  let graphiql: Promise<GraphiqlAssets> | undefined;

  const ownAsset = (file: string): Promise<Asset> => {
    const asset = own.get(file) ?? readOwn(file);
    own.set(file, asset);
    return asset;
  };
  const loadGraphiql = (): Promise<GraphiqlAssets> => {
    graphiql ??= splitGraphiql().catch((error: unknown) => {
      graphiql = undefined;
      throw error;
    });
    return graphiql;
  };

  return {
    own: async (file) => (await ownAsset(file)).name,
    graphiql: loadGraphiql,
    // The name may come from a page of another replica, or of this process before a restart.
    get: async (name) => {
      const ownAssets = await Promise.all(ownFiles.map(ownAsset));
      const graphiqlFiles =
        hasGraphiql && !ownAssets.some((asset) => asset.name === name) ? (await loadGraphiql()).all : [];
      return [...ownAssets, ...graphiqlFiles].find((asset) => asset.name === name);
    },
  };
}

async function readOwn(file: string): Promise<Asset> {
  const extension = extname(file).slice(1);
  if (!isExtension(extension)) throw new Error(`${file}: browsers are told the type of a file by its extension`);
  const text = await readFile(new URL(`browser/${file}`, import.meta.url), 'utf8');
  return toAsset(file.slice(0, -extension.length - 1), extension, text);
}

function splitGraphiql(): Promise<GraphiqlAssets> {
  return new Promise((resolve, reject) => {
    // It ends as this file does: .ts in the repository, .js in the package.
    const worker = new Worker(new URL(`graphiql-worker${extname(import.meta.url)}`, import.meta.url));
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('GraphiQL could not be read from its package.')));
  });
}
