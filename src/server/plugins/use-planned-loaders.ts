import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Viewer } from '../../../resolvers/context.ts';
import { planReads } from '../../../resolvers/plan-reads.ts';
import type { IdentityConfig } from '../../loaders/directories.ts';
import { createLoaders, type Loaders } from '../../loaders/loaders.ts';
import { type Memory, readingThrough } from '../../loaders/memory.ts';
import { emptyPlan, type ReadPlan } from '../../loaders/plan.ts';
import type { Upstreams } from '../../upstreams/upstreams.ts';

type Request = { schema: GraphQLSchema; document: DocumentNode; operationName?: unknown; variableValues?: unknown };

/**
 * Plans the reads of each operation once it is known to be valid, and gives it its loaders. A caller who sends
 * `Cache-Control: no-cache` gets nothing that was at hand before (RFC 9111, section 5.2.1.4).
 */
export function usePlannedLoaders(
  upstreams: Upstreams,
  memory: Memory,
  identity: IdentityConfig,
): Plugin<{ viewer: Viewer; loaders?: Loaders }> {
  return {
    onExecute: ({ args, extendContext }) => {
      const isReadThrough = /\bno-cache\b/i.test(args.contextValue.request.headers.get('cache-control') ?? '');
      const remembered = isReadThrough ? readingThrough(memory) : memory;
      extendContext({
        loaders: createLoaders(upstreams, remembered, identity, planOf(args, args.contextValue.viewer)),
      });
    },
  };
}

/** An operation that cannot run needs no reads: the executor says what is wrong with it. */
function planOf({ schema, document, operationName, variableValues }: Request, viewer: Viewer): ReadPlan {
  const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : undefined);
  if (operation == null) return emptyPlan;
  const raw = typeof variableValues === 'object' && variableValues !== null ? { ...variableValues } : {};
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], raw);
  if (coerced === undefined) return emptyPlan;
  const fragments = document.definitions.filter(
    (it): it is FragmentDefinitionNode => it.kind === Kind.FRAGMENT_DEFINITION,
  );
  return planReads({
    schema,
    operation,
    fragments: new Map(fragments.map((it) => [it.name.value, it])),
    variables: coerced,
    viewer,
  });
}
