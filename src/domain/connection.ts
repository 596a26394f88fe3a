/** One page of a list. A total that costs a request of its own is only there when the operation selects it. */
export type Connection<T> = {
  edges: { node: T; cursor: string }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  totalCount: number | null;
};

export type PageArgs = { first?: number | null | undefined; after?: string | null | undefined };

export const defaultFirst = 25;
export const maxFirst = 100;
