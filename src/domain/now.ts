/**
 * Milliseconds since 1970. It never goes back and never jumps, whatever happens to the machine's clock: ages, windows and
 * pauses that are told by it are as long as they say.
 */
export const now = (): number => performance.timeOrigin + performance.now();
