import type { GraphError } from 'hr-graph/client';
import type { ComponentChildren } from 'preact';
import { sentenceOf } from '../graph/sentences.ts';

/** A value, or why there is none: nothing is only said to be nothing where no error stands in its place. */
export function Known({ error, children }: { error: GraphError | undefined; children: ComponentChildren }) {
  if (error?.code === 'CONFLICT') return <Unknown label="Contested" reason={sentenceOf(error)} />;
  if (error !== undefined) return <Unknown label="Unknown" reason={sentenceOf(error)} />;
  return <>{children ?? <span class="nothing">None</span>}</>;
}

const Unknown = ({ label, reason }: { label: string; reason: string }) => (
  <span class="unknown" title={reason}>
    {label}
    <span class="hidden">: {reason}</span>
  </span>
);
