import type { NodeType } from '../src/domain/node-id.ts';
import type { Granted } from '../src/domain/scopes.ts';
import type { Loaders } from '../src/loaders/loaders.ts';
import type { CursorCodec } from './cursor.ts';
import type { Disclosure } from './disclosure.ts';
import type { ResolverTimes } from './resolver-times.ts';

/** Who asks, and what they may see and do. `id` names the caller in the audit log. */
export type Viewer = { id: string; scopes: Granted };

/** What every resolver gets. Made once per operation. */
export type Context = {
  viewer: Viewer;
  /** The caller's first language by Accept-Language, as a canonical BCP 47 tag. */
  locale: string | null;
  cursors: CursorCodec;
  loaders: Loaders;
  /** Kept where somebody reads it. */
  disclosure?: Disclosure;
  /** A deployment that sends no write, whoever asks. */
  isReadOnly: boolean;
  /** Kept where somebody reads them. */
  resolverTimes?: ResolverTimes;
  audit: (entry: AuditEntry) => void;
  /** The schema that this deployment serves, for those who take it into a larger one. */
  subgraphSdl: SubgraphSdl;
};

/** In the language of each way to join graphs. */
export type SubgraphSdl = { federation: () => string; stitching: () => string };

/** One write that was asked for: who, what, which object, and what became of it. Identifiers only. */
export type AuditEntry = {
  viewer: string;
  /** The mutation. */
  action: string;
  type: NodeType;
  /** Null where the input names no object. */
  key: string | null;
  /** The name of the result's type. */
  outcome: string;
  upstreamTraceId: string | null;
};
