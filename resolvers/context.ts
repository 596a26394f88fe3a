import type { NodeType } from '../src/domain/node-id.ts';
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
  /** A deployment that sends no write, whoever asks. */
  isReadOnly: boolean;
  audit: (entry: AuditEntry) => void;
};

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
