import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { WholeList } from '../../../loaders/plan.ts';
import { purging } from '../../../loaders/purging.ts';

/** A node as JSON, and what went wrong below it for good: the paths of the errors begin at the node. */
export type KeptNode = { json: Buffer; errors: readonly GraphQLError[] };

/** Nodes that follow from the same question and the same upstream answers. */
export type NodeGroup = {
  byName: ReadonlyMap<string, KeptNode>;
  /** Lists that were read for the nodes, besides what was read to find out which there are. */
  lists: readonly WholeList[];
};

export type KeptNodes = {
  group(key: string): NodeGroup;
  /** Adds to what there is, as long as that is not too much. */
  keep(key: string, group: NodeGroup): void;
  clear(): void;
};

const maxBytes = 32 * 1024 * 1024;

/** After its last use. Once an upstream answer has been replaced, nobody asks for what followed from it. */
const idleMs = 60_000;

const overhead = 300;
/** With its stack, and the error that it wraps. */
const errorBytes = 2_000;

/** Of one group: it is copied to grow, and let go of as a whole. */
const maxNodes = 2_000;

export function createKeptNodes(): KeptNodes {
  const groups = new LRUCache<string, NodeGroup>({
    maxSize: maxBytes,
    ttl: idleMs,
    updateAgeOnGet: true,
    sizeCalculation: ({ byName }, key) => {
      let size = key.length;
      for (const { json, errors } of byName.values()) {
        size += json.length + overhead + errors.length * errorBytes;
      }
      return size;
    },
  });
  const purge = purging(groups);
  const none: NodeGroup = { byName: new Map(), lists: [] };
  return {
    group: (key) => groups.get(key) ?? none,
    keep: (key, { byName, lists }) => {
      purge();
      const found = groups.peek(key) ?? none;
      const earlier = found.byName.size < maxNodes ? found : none;
      groups.set(key, {
        byName: new Map([...earlier.byName, ...byName]),
        lists: [...new Set([...earlier.lists, ...lists])],
      });
    },
    clear: () => groups.clear(),
  };
}
