/**
 * Milliseconds since 1970. Monotonic: it never goes back and never jumps, even if the machine's clock does, so that ages,
 * windows and pauses have their true length.
 */
export const now = (): number => performance.timeOrigin + performance.now();
