/** `fetch` whose failure names the address and the cause; by itself it says `fetch failed`. */
export const reach: typeof fetch = async (input, init) => {
  try {
    return await fetch(input, init);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const address = input instanceof Request ? input.url : String(input);
    // Still a TypeError: by that the client knows that the network failed, and asks again.
    throw new TypeError(`no answer from ${address.split('?')[0]} (${reasonOf(error.cause)}). Check HR_GRAPH_URL.`, {
      cause: error,
    });
  }
};

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown cause';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
