import type { CachedList } from '../cache/cached-list.ts';
import type { ListName, Lists } from './list-names.ts';

/** The lists of the configured upstreams. */
export type CachedLists = { readonly [N in ListName]?: CachedList<Lists[N]> };
