/**
 * What one request may be, at most. The canonical operations stay below half of each figure, and an operation at the
 * limit of all of them is answered within a second or two.
 */

/** Of the request's body; a filter with a thousand values in each of its conditions fits. */
export const maxBodyBytes = 1_000_000;

/** Of the request's address and headers together: a token with a hundred groups in it fits. */
export const maxHeadBytes = 16_384;

/**
 * For the request line and headers, beyond the time that an idle connection is held: balancers open connections ahead, and
 * one of them must not be closed while its first request arrives. And then for the body.
 */
export const headersTimeoutMs = 5_000;
export const bodyTimeoutMs = 5_000;
/** How often Node looks for requests that take longer. */
export const timeoutCheckMs = 1_000;

/** Of the document. An introspection query has about 200 tokens and is exempt from the depth. */
export const maxTokens = 4_000;
/** Brackets within brackets of any kind: the parser calls itself for each. */
export const maxNesting = 100;
export const maxDepth = 15;
export const maxAliases = 200;
export const maxDirectives = 50;
export const maxRootFields = 200;
/** Validation compares every two of them. */
export const maxFragments = 100;
/** Characters in a name: the answer repeats an alias for each row, and messages and logs repeat others. */
export const maxNameLength = 100;

/** After fragments are put in their places, which may multiply them. */
export const maxSelections = 10_000;

/** Values in the answer, where every page is full. */
export const maxValues = 300_000;

/** What one field may be asked for by its key: `ids`, `emails`, `keys`, or the `representations` of a gateway. */
export const maxKeys = 1_000;

/** Reads of the upstreams: a batch, a page or a whole list, however many pages that has. */
export const maxReads = 60;

/** Documents that stay parsed and validated, and what each may be to stay: a token takes about 300 bytes. */
export const maxRememberedDocuments = 256;
export const maxRememberedTokens = 1_000;
export const maxRememberedLength = 20_000;
