import type { NodeType } from '../src/domain/node-id.ts';
import type { Granted } from '../src/domain/scopes.ts';
import type { Loaders } from '../src/loaders/loaders.ts';
import type { CursorCodec } from './cursor.ts';
import type { Disclosure } from './disclosure.ts';
import type { ResolverTimes } from './resolver-times.ts';

/** The caller, and what the caller may see and do. `id` identifies the caller in the audit log. */
export type Viewer = { id: string; scopes: Granted };

/** The context of every resolver. Made once per operation. */
export type Context = {
  viewer: Viewer;
  /** The first language of the request's Accept-Language, as a canonical BCP 47 tag. */
  locale: string | null;
  cursors: CursorCodec;
  loaders: Loaders;
  /** Present only if an audit log records it. */
  disclosure?: Disclosure;
  /** True for a deployment that refuses all writes. */
  isReadOnly: boolean;
  /** Present only if resolvers are timed. */
  resolverTimes?: ResolverTimes;
  audit: (entry: AuditEntry) => void;
  /** The schema that this deployment serves, for composition into a larger graph. */
  subgraphSdl: SubgraphSdl;
};

/** The SDL for each way to compose graphs. */
export type SubgraphSdl = { federation: () => string; stitching: () => string };

/** One requested write: caller, mutation, object and outcome. Holds identifiers only. */
export type AuditEntry = {
  viewer: string;
  /** The name of the mutation. */
  action: string;
  type: NodeType;
  /** Null if the input names no object. */
  key: string | null;
  /** The type name of the result. */
  outcome: string;
  upstreamTraceId: string | null;
};
