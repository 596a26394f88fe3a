import { vi } from 'vitest';

/**
 * Moves the clock of windows and pauses (src/domain/now.ts) forward; timers and sockets go on as always. Take it back by
 * `vi.restoreAllMocks`.
 */
export function passSeconds(seconds: number): void {
  const { timeOrigin } = performance;
  vi.spyOn(performance, 'timeOrigin', 'get').mockReturnValue(timeOrigin + seconds * 1000);
}
