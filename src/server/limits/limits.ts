/**
 * The limits of one request. The canonical operations stay below half of each limit. An operation at all limits at once runs
 * for a second or two.
 */

/** Size of the request's body; a filter with a thousand values in each of its conditions fits. */
export const maxBodyBytes = 1_000_000;

/** Size of the request's address and headers together; a token with a hundred groups in it fits. */
export const maxHeadBytes = 16_384;

/**
 * Timeouts for the request line with headers, and for the body. The headers timeout is added to the keep-alive time: load
 * balancers open connections in advance, and the server must not close one while its first request arrives.
 */
export const headersTimeoutMs = 5_000;
export const bodyTimeoutMs = 5_000;
/** How often Node checks for requests that take longer. */
export const timeoutCheckMs = 1_000;

/** Tokens of the document. An introspection query has about 200 tokens and is exempt from the depth limit. */
export const maxTokens = 4_000;
/** Nested brackets of any kind. The parser recurses for each. */
export const maxNesting = 100;
export const maxDepth = 15;
export const maxAliases = 200;
export const maxDirectives = 50;
export const maxRootFields = 200;
/** Validation compares every pair of fragments. */
export const maxFragments = 100;
/** Characters in a name. The response repeats an alias for each row, and messages and logs repeat other names. */
export const maxNameLength = 100;

/** Selections after all fragments are inlined, which may multiply them. */
export const maxSelections = 10_000;

/** Values in the response if every page is full. */
export const maxValues = 300_000;

/** Keys in one argument: `ids`, `emails`, `keys`, or the `representations` of a gateway. */
export const maxKeys = 1_000;

/** Reads of the upstreams. A batch, a page or a whole list counts as one, regardless of its number of pages. */
export const maxReads = 60;

/** Limits of the cache of parsed and validated documents: number, and size of each. A token takes about 300 bytes. */
export const maxCachedDocuments = 256;
export const maxCachedTokens = 1_000;
export const maxCachedLength = 20_000;
