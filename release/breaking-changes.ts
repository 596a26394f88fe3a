import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import type { GraphQLSchema } from 'graphql';

/**
 * The messages about changes that break clients of `released`; empty if there are none or `declared` names each of them.
 * `declared` is the text of the changesets with major bumps. Each change must be named, so that one changeset does not let
 * later changes pass.
 */
export async function undeclaredBreaks(
  released: GraphQLSchema,
  current: GraphQLSchema,
  declared: string,
): Promise<string[]> {
  const isDeclared = (change: Change) => declared.includes(`\`${coordinateOf(change)}\``);
  const breaks = (await diff(released, current)).filter(
    ({ criticality }) => criticality.level === CriticalityLevel.Breaking,
  );
  const undeclared = breaks.filter((change) => !isDeclared(change));
  if (undeclared.length === 0) return [];
  return [
    'Clients of the last release would break:',
    ...undeclared.map((change) => `  ${change.message}`),
    'Keep it and deprecate it with a date, or declare it in a changeset, such as .changeset/what-changes.md:',
    '---\n"hr-graph": major\n---\n',
    `What clients do without ${undeclared.map((change) => `\`${coordinateOf(change)}\``).join(', ')}.`,
  ];
}

/** The coordinate of the changed field, argument or member, or else the message about the type. */
function coordinateOf({ path, message }: Change): string {
  return path ?? message;
}
