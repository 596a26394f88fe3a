const sampled = 16;
/** Objects take about twice the bytes of their JSON. */
const bytesPerCharacter = 2;
const overhead = 200;

/** About how many bytes an answer keeps in memory. Of a list a sample is measured: a directory has thousands of rows. */
export function roughSize(answer: unknown): number {
  return overhead + bytesPerCharacter * lengthOf(answer, 3);
}

/** `levels`: lists stand in an answer, or in a member of it, and are not looked for any deeper. */
function lengthOf(value: unknown, levels: number): number {
  if (Array.isArray(value) && value.length > sampled) {
    const step = Math.floor(value.length / sampled);
    const rows = Array.from({ length: sampled }, (_, index) => value[index * step]);
    return (lengthOf(rows, 0) / sampled) * value.length;
  }
  if (levels > 0 && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.values(value).reduce((sum: number, it) => sum + lengthOf(it, levels - 1), 0);
  }
  return JSON.stringify(value)?.length ?? 0;
}
