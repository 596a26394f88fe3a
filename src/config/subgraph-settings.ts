import type { AccessSettings } from './access-settings.ts';
import type { Environment } from './environment.ts';
import { oneOf, onOff, pascalCase } from './formats.ts';

/** How the graph presents itself to a gateway. */
export type SubgraphSettings = {
  /** If false, the schema has no `_entities`, `_service`, `_sdl` and no batched fields for stitching. */
  isSubgraph: boolean;
  /** How the subgraph publishes `Query.node` and `nodes`. */
  node: 'inaccessible' | 'accessible' | 'omitted';
  /** A prefix for names that other subgraphs are likely to have too; empty for none. */
  prefix: string;
};

/**
 * The subgraph reveals the schema, so its default is that of introspection: on if callers need not sign in. If an operator
 * turns it on for authenticated callers, all of them can read the schema, even without introspection: a gateway needs it.
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
    for (const name of ['SUBGRAPH_NODE', 'SUBGRAPH_PREFIX'].filter((setting) => env.isSet(setting))) {
      env.report(name, 'expected no value, because SUBGRAPH is off (on, if this graph is to be part of a larger one)');
    }
  }
  return { isSubgraph, node: node ?? 'inaccessible', prefix: prefix ?? '' };
}

/** For programs that need no subgraph, such as a report. */
export const noSubgraph: SubgraphSettings = { isSubgraph: false, node: 'inaccessible', prefix: '' };
