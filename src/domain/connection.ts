/** One page of a list. A total that costs an extra request is counted only if the operation selects it. */
export type Connection<T> = {
  edges: readonly Edge<T>[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  totalCount: number | null;
};

export type Edge<T> = { readonly node: T; readonly cursor: string };

/** The cursor is computed on demand: encrypting it is expensive, and most operations select one per page. */
export const edgeOf = <T>(node: T, toCursor: () => string): Edge<T> => ({
  node,
  get cursor() {
    return toCursor();
  },
});

/** An edge with the same cursor and another node. */
export const withNode = <T>(edge: Edge<unknown>, node: T): Edge<T> => edgeOf(node, () => edge.cursor);

export type PageArgs = { first?: number | null | undefined; after?: string | null | undefined };

export const defaultFirst = 25;
export const maxFirst = 100;
