/** A figure as Prometheus reads it. */
export type Sample = { name: string; labels: Record<string, string>; value: number };

/** Of Prometheus' text format, whose labels here hold no quotes and no line breaks. */
export function samplesIn(text: string): Sample[] {
  return [...text.matchAll(/^(?!#)(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', it = '']) => [label, it])),
    value: Number(value),
  }));
}

/** The sum of the samples with this name and these labels; null where there is none. */
export function figure(text: string, name: string, labels: Record<string, string> = {}): number | null {
  const found = samplesIn(text).filter(
    (sample) => sample.name === name && Object.entries(labels).every(([label, it]) => sample.labels[label] === it),
  );
  return found.length === 0 ? null : found.reduce((sum, { value }) => sum + value, 0);
}
