import { hash } from 'node:crypto';
import type { OperationDefinitionNode } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Caches which variables of an operation were found within the limits. Texts in them are ignored, because cursors and names
 * differ in each request and hardly change the cost.
 */
export type AcceptedVariables = {
  has(operation: OperationDefinitionNode, variables: Variables): boolean;
  add(operation: OperationDefinitionNode, variables: Variables): void;
};

/** For one operation. Several shapes usually come from several page sizes. */
const maxShapes = 500;

export function createAcceptedVariables(): AcceptedVariables {
  const shapes = new WeakMap<OperationDefinitionNode, Set<string>>();
  return {
    has: (operation, variables) => shapes.get(operation)?.has(shapeOf(variables)) ?? false,
    add: (operation, variables) => {
      const accepted = shapes.get(operation) ?? new Set();
      if (accepted.size >= maxShapes) accepted.clear();
      shapes.set(operation, accepted.add(shapeOf(variables)));
    },
  };
}

/** A digest, because variables may be as large as a request, and callers decide how many there are. */
const shapeOf = (variables: Variables): string =>
  hash(
    'sha1',
    JSON.stringify(variables, (_, value: unknown) => (typeof value === 'string' ? '' : value)),
  );
