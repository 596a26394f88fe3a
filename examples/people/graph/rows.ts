import type { Answer } from 'hr-graph/client';
import { type Errors, errorsOf } from './gaps.ts';

/** A row of a list: what it shows, and where the errors of its own answer stand that concern it. */
export type Row<Node> = { node: Node; errors: Errors; path: string };

/**
 * The rows of all pages of a list, each once: whoever is renamed while somebody scrolls may be on two of them. `field` is
 * the connection's name in the answer.
 */
export function rowsOf<Data, Node extends { id: string }>(
  answers: readonly Answer<Data>[],
  field: string,
  nodesOf: (data: Data) => readonly Node[] | undefined,
): Row<Node>[] {
  const rows = new Map<string, Row<Node>>();
  for (const answer of answers) {
    for (const [index, node] of (nodesOf(answer.data) ?? []).entries()) {
      rows.set(node.id, { node, errors: errorsOf(answer), path: `${field}.nodes.${index}` });
    }
  }
  return [...rows.values()];
}
