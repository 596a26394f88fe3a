/**
 * What the machine itself does to a process that works five milliseconds at a time: the p99.9 of its turns, in
 * milliseconds. What keeps these waiting is no fault of what is measured beside them.
 */
export async function machineTurns(seconds = 4): Promise<number> {
  const turns: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const startedAt = performance.now();
    while (performance.now() - startedAt < 5);
    turns.push(performance.now() - startedAt);
    await new Promise(setImmediate);
  }
  turns.sort((a, b) => a - b);
  return turns[Math.floor(turns.length * 0.999)] ?? 0;
}
