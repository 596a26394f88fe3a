const sampled = 16;
/** Objects take about twice the bytes of their JSON. */
const bytesPerCharacter = 2;
const overhead = 200;

/** Estimates the memory of a value, in bytes. Long arrays are sampled: a directory has thousands of rows. */
export function roughSize(value: unknown): number {
  return overhead + bytesPerCharacter * lengthOf(value, 3);
}

/** `levels`: how deep to look for arrays inside objects. */
function lengthOf(value: unknown, levels: number): number {
  if (Array.isArray(value) && value.length > sampled) {
    const step = Math.floor(value.length / sampled);
    const rows = Array.from({ length: sampled }, (_, index) => value[index * step]);
    return (lengthOf(rows, 0) / sampled) * value.length;
  }
  if (levels > 0 && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.values(value).reduce((sum: number, member) => sum + lengthOf(member, levels - 1), 0);
  }
  return JSON.stringify(value)?.length ?? 0;
}
