import type { LinkSuggestionsQuery } from '../client/client.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import { columnOf } from '../identity/mapping-file.ts';

export type Suggestion = NonNullable<LinkSuggestionsQuery['linkSuggestions']>['nodes'][number];
type Person = Suggestion['people'][number];

/** The columns of the mapping file, and two that the server ignores. */
export const suggestionHeader = [...upstreams.map(columnOf), 'score', 'comment'];

const evidenceTexts: Record<Suggestion['evidence'][number], string> = {
  SAME_NAME: 'same name',
  SIMILAR_NAME: 'same name in another spelling',
  SAME_ADDRESS: 'same address, which others have too',
  SAME_MAILBOX: 'same address in another domain',
  SIMILAR_ADDRESS: 'addresses differ in one letter',
  SAME_BIRTHDAY: 'same birthday',
};

/**
 * Rows for a mapping file, the most likely first, each with a comment for a human reader. Suggestions that agree become one
 * row. A suggestion that contradicts another keeps its own row, so that the file is invalid until one of them is deleted.
 */
export function suggestionRows(suggestions: readonly Suggestion[]): string[][] {
  const groups: Suggestion[][] = [];
  for (const suggestion of suggestions) {
    const ids = suggestion.people.map(({ id }) => id);
    const joined = groups.filter(
      (group) =>
        !suggestion.isAmbiguous &&
        group.some((other) => !other.isAmbiguous && other.people.some(({ id }) => ids.includes(id))),
    );
    const [first, ...others] = joined;
    if (first === undefined) groups.push([suggestion]);
    else first.push(suggestion, ...others.flatMap((group) => group.splice(0)));
  }
  return groups.flatMap((group) => (group.length === 0 ? [] : [rowOf(group)]));
}

function rowOf(group: readonly Suggestion[]): string[] {
  const people = [...new Map(group.flatMap((one) => one.people).map((person) => [person.id, person])).values()];
  const keyIn = (upstream: Upstream) =>
    identitiesOf(people).find((identity) => identity.upstream === upstream)?.mappingKey ?? '';
  const score = Math.min(...group.map((suggestion) => suggestion.score));
  return [...upstreams.map(keyIn), score.toFixed(2), commentOn(group, people)];
}

const identitiesOf = (people: readonly Person[]) => people.flatMap(({ identities }) => identities ?? []);

function commentOn(group: readonly Suggestion[], people: readonly Person[]): string {
  const evidence = new Set(group.flatMap((suggestion) => suggestion.evidence.map((kind) => evidenceTexts[kind])));
  const isMapped = identitiesOf(people).some(({ matchedBy }) => matchedBy === 'MAPPING_FILE');
  const notes = [
    ...(group.some((suggestion) => suggestion.isAmbiguous)
      ? ['one of several: keep one of the rows with the same key']
      : []),
    ...(isMapped ? ['the mapping file already has a row with one of these keys: complete that row'] : []),
    ...(people.some(({ status }) => status === 'DEACTIVATED') ? ['has left'] : []),
  ];
  return [people.map(({ displayName }) => displayName).join(' / '), [...evidence].join(', '), ...notes].join('; ');
}
