/** One page of a list. A total that costs a request of its own is only there when the operation selects it. */
export type Connection<T> = {
  edges: readonly Edge<T>[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  totalCount: number | null;
};

export type Edge<T> = { readonly node: T; readonly cursor: string };

/** Most operations want one cursor of a page, and sealing takes longer than all else about an edge. */
export const edgeOf = <T>(node: T, toCursor: () => string): Edge<T> => ({
  node,
  get cursor() {
    return toCursor();
  },
});

/** The same place with another node. */
export const withNode = <T>(edge: Edge<unknown>, node: T): Edge<T> => edgeOf(node, () => edge.cursor);

export type PageArgs = { first?: number | null | undefined; after?: string | null | undefined };

export const defaultFirst = 25;
export const maxFirst = 100;
