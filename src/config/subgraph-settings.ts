import type { AccessSettings } from './access-settings.ts';
import type { Environment } from './environment.ts';
import { oneOf, onOff, pascalCase } from './formats.ts';

/** How the graph shows itself to those who take it into a larger one. */
export type SubgraphSettings = {
  /** Without, there is neither `_entities` nor `_service` nor `_sdl`, nor the batched fields of stitching. */
  isSubgraph: boolean;
  /** How `Query.node` and `nodes` stand in a larger graph. */
  node: 'inaccessible' | 'accessible' | 'omitted';
  /** Before names that other subgraphs are likely to have as well; empty for none. */
  prefix: string;
};

/**
 * What tells the schema follows the rule of introspection: on where the graph is open to all. Where callers sign in, the
 * operator says so, and then any of them may read it, introspection or not: a gateway cannot do without.
 */
export function readSubgraph(
  env: Environment,
  mode: 'sandbox' | 'live',
  access: AccessSettings | null,
): SubgraphSettings {
  const isOpen = mode === 'sandbox' || access?.authentication.mode === 'none';
  const isSubgraph = env.read('SUBGRAPH', onOff) ?? isOpen;
  const node = env.read('SUBGRAPH_NODE', oneOf(['inaccessible', 'accessible', 'omitted']));
  const prefix = env.read('SUBGRAPH_PREFIX', pascalCase);
  if (access !== null && !isSubgraph) {
    for (const name of ['SUBGRAPH_NODE', 'SUBGRAPH_PREFIX'].filter((it) => env.isSet(it))) {
      env.report(name, 'expected no value, because SUBGRAPH is off (on, if this graph is to be part of a larger one)');
    }
  }
  return { isSubgraph, node: node ?? 'inaccessible', prefix: prefix ?? '' };
}

/** For who has no use for it, such as a report. */
export const noSubgraph: SubgraphSettings = { isSubgraph: false, node: 'inaccessible', prefix: '' };
