import { GraphQLError } from 'graphql';
import { ConflictError, PermissionError } from '../../../errors.ts';
import { causeOf } from '../../error-codes.ts';
import { keyOf } from './write-json.ts';

/** Of an answer's errors: those below its nodes, and whether there are others. */
export type NodeErrors = { of: ReadonlyMap<object, readonly GraphQLError[]>; hasOthers: boolean };

export function errorsOfNodes(data: unknown, errors: readonly GraphQLError[]): NodeErrors {
  const ofNodes = new Map<object, GraphQLError[]>();
  let hasOthers = false;
  for (const error of errors) {
    const found = nodeOn(data, error.path ?? []);
    if (found === null) hasOthers = true;
    else ofNodes.set(found.node, [...(ofNodes.get(found.node) ?? []), withPath(error, found.rest)]);
  }
  return { of: ofNodes, hasOthers };
}

/** The same upstream answers and the same rights bring these again. */
export const isForGood = (error: GraphQLError): boolean => {
  const cause = causeOf(error);
  return cause instanceof ConflictError || cause instanceof PermissionError;
};

export function withPath(error: GraphQLError, path: readonly (string | number)[]): GraphQLError {
  const { message, nodes, source, positions, originalError, extensions } = error;
  const [places, cause] = [positions ?? null, originalError ?? null];
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: places,
    path,
    originalError: cause,
    extensions,
  });
}

function nodeOn(data: unknown, path: readonly (string | number)[]) {
  let value = data;
  for (const [index, name] of path.entries()) {
    if (typeof value !== 'object' || value === null) return null;
    if (keyOf(value) !== null) return { node: value, rest: path.slice(index) };
    value = Reflect.get(value, name);
  }
  return null;
}
