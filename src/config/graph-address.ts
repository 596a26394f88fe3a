import type { Environment } from './environment.ts';
import { printableAscii } from './formats.ts';
import { safeAddress } from './web-address.ts';

/** The address of a running hr-graph, and the key or token of a program that queries it. */
export type GraphAddress = { url: string; token: string | null };

/** Null if HR_GRAPH_URL is not set. */
export function readGraphAddress(env: Environment): GraphAddress | null {
  const url = env.read('HR_GRAPH_URL', safeAddress);
  const token = env.read('HR_GRAPH_TOKEN', printableAscii) ?? null;
  return url === undefined ? null : { url, token };
}
