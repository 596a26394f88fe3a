import type { LinkSuggestionsQuery } from '../client/client.ts';
import { type Upstream, upstreams } from '../domain/upstream.ts';
import { columnOf } from '../identity/mapping-file.ts';

export type Suggestion = NonNullable<LinkSuggestionsQuery['linkSuggestions']>['nodes'][number];
type Person = Suggestion['people'][number];

/** The mapping file's columns, and two that it leaves out. */
export const suggestionHeader = [...upstreams.map(columnOf), 'score', 'comment'];

const said: Record<Suggestion['evidence'][number], string> = {
  SAME_NAME: 'same name',
  SIMILAR_NAME: 'same name in another spelling',
  SAME_ADDRESS: 'same address, which others have too',
  SAME_MAILBOX: 'same address in another domain',
  SIMILAR_ADDRESS: 'addresses differ in one letter',
  SAME_BIRTHDAY: 'same birthday',
};

/**
 * Rows of a mapping file, the likeliest first, each with why, to be read by a person. Suggestions that agree are one row;
 * each that contradicts another has a row of its own, so that the file cannot be used before one of them is struck out.
 */
export function suggestionRows(suggestions: readonly Suggestion[]): string[][] {
  const groups: Suggestion[][] = [];
  for (const suggestion of suggestions) {
    const ids = suggestion.people.map(({ id }) => id);
    const joined = groups.filter(
      (group) =>
        !suggestion.isAmbiguous && group.some((it) => !it.isAmbiguous && it.people.some(({ id }) => ids.includes(id))),
    );
    const [first, ...others] = joined;
    if (first === undefined) groups.push([suggestion]);
    else first.push(suggestion, ...others.flatMap((group) => group.splice(0)));
  }
  return groups.flatMap((group) => (group.length === 0 ? [] : [rowOf(group)]));
}

function rowOf(group: readonly Suggestion[]): string[] {
  const people = [...new Map(group.flatMap((it) => it.people).map((person) => [person.id, person])).values()];
  const keyIn = (upstream: Upstream) => identitiesOf(people).find((it) => it.upstream === upstream)?.mappingKey ?? '';
  const score = Math.min(...group.map((it) => it.score));
  return [...upstreams.map(keyIn), score.toFixed(2), commentOn(group, people)];
}

const identitiesOf = (people: readonly Person[]) => people.flatMap(({ identities }) => identities ?? []);

function commentOn(group: readonly Suggestion[], people: readonly Person[]): string {
  const evidence = new Set(group.flatMap((it) => it.evidence.map((kind) => said[kind])));
  const isMapped = identitiesOf(people).some(({ matchedBy }) => matchedBy === 'MAPPING_FILE');
  const notes = [
    ...(group.some((it) => it.isAmbiguous) ? ['one of several: keep one of the rows with the same key'] : []),
    ...(isMapped ? ['the mapping file has a row of theirs: complete that one'] : []),
    ...(people.some(({ status }) => status === 'DEACTIVATED') ? ['has left'] : []),
  ];
  return [people.map(({ displayName }) => displayName).join(' / '), [...evidence].join(', '), ...notes].join('; ');
}
