import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';

/**
 * What to say of changes that break clients of `released`; empty where there are none, or where `declared`, which is what
 * the changesets of major bumps say, names each of them: one changeset does not let the next change pass as well.
 */
export async function undeclaredBreaks(
  released: GraphQLSchema,
  current: GraphQLSchema,
  declared: string,
): Promise<string[]> {
  const isDeclared = (change: Change) => declared.includes(`\`${coordinateOf(change)}\``);
  const breaks = (await diff(released, current)).filter((it) => it.criticality.level === CriticalityLevel.Breaking);
  const undeclared = breaks.filter((it) => !isDeclared(it));
  if (undeclared.length === 0) return [];
  return [
    'Clients of the last release would break:',
    ...undeclared.map((it) => `  ${it.message}`),
    'Keep it and deprecate it with a date, or declare it in a changeset, such as .changeset/what-changes.md:',
    '---\n"hr-graph": major\n---\n',
    `What clients do without ${undeclared.map((it) => `\`${coordinateOf(it)}\``).join(', ')}.`,
  ];
}

/** Of a field, an argument or a member, or else of the type. */
function coordinateOf({ path, message }: Change): string {
  return path ?? message;
}
