import { type DocumentNode, GraphQLError, type Source, type SourceLocation } from 'graphql';

/** An error of graphql-jit, which knows lines and columns, as graphql-js would have made it, out of positions. */
export function asGraphQLError(error: GraphQLError, { loc }: DocumentNode): GraphQLError {
  const { message, path, locations, originalError } = error;
  const source = loc?.source ?? null;
  return new GraphQLError(message, {
    source,
    positions: source && locations ? locations.map((it) => positionOf(it, source)) : null,
    path: path ?? null,
    originalError: originalError ?? null,
  });
}

/** The inverse of graphql-js's getLocation. */
function positionOf({ line, column }: SourceLocation, { body }: Source): number {
  let start = 0;
  for (const { index, 0: lineBreak } of body.matchAll(/\r\n|[\n\r]/g)) {
    line -= 1;
    if (line <= 0) break;
    start = index + lineBreak.length;
  }
  return start + column - 1;
}
