import type { Environment } from './environment.ts';
import { printableAscii } from './formats.ts';
import { safeAddress } from './web-address.ts';

/** A running hr-graph, for the programs that ask it, and the key or token by which it knows them. */
export type GraphAddress = { url: string; token: string | null };

/** Null where none is set. */
export function readGraphAddress(env: Environment): GraphAddress | null {
  const url = env.read('HR_GRAPH_URL', safeAddress);
  const token = env.read('HR_GRAPH_TOKEN', printableAscii) ?? null;
  return url === undefined ? null : { url, token };
}
