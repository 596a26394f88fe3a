import type { Loaders } from '../src/loaders/loaders.ts';
import type { CursorCodec } from './cursor.ts';

/** Who asks, and what they may see: part of every key under which answers are shared. Today everybody may see all. */
export type Viewer = { id: string; scopes: readonly string[] | 'ALL' };

/** What every resolver gets. Made once per operation. */
export type Context = {
  viewer: Viewer;
  /** The caller's first language by Accept-Language, as a canonical BCP 47 tag. */
  locale: string | null;
  cursors: CursorCodec;
  loaders: Loaders;
};
