import { hash } from 'node:crypto';
import type { OperationDefinitionNode } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Remembers which variables an operation was found to be within its limits with, whatever the texts among them say:
 * cursors and names differ from call to call, and hardly shape what it costs.
 */
export type AcceptedVariables = {
  has(operation: OperationDefinitionNode, variables: Variables): boolean;
  add(operation: OperationDefinitionNode, variables: Variables): void;
};

/** Of one operation. Page sizes are the usual reason for several. */
const maxShapes = 500;

export function createAcceptedVariables(): AcceptedVariables {
  const shapes = new WeakMap<OperationDefinitionNode, Set<string>>();
  return {
    has: (operation, variables) => shapes.get(operation)?.has(shapeOf(variables)) ?? false,
    add: (operation, variables) => {
      const known = shapes.get(operation) ?? new Set();
      if (known.size >= maxShapes) known.clear();
      shapes.set(operation, known.add(shapeOf(variables)));
    },
  };
}

/** As a digest: variables may be as large as a request, and whoever sends them decides how many there are. */
const shapeOf = (variables: Variables): string =>
  hash(
    'sha1',
    JSON.stringify(variables, (_, value: unknown) => (typeof value === 'string' ? '' : value)),
  );
