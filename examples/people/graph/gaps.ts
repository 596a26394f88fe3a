import { type Answer, type GraphError, graphErrorsOf } from 'hr-graph/client';
import { latestOf, sentenceOf, type Trouble } from './sentences.ts';

/** The error at each place of an answer: a null without one is empty, a null with one is unknown. */
export type Errors = ReadonlyMap<string, GraphError>;

const known = new WeakMap<object, Errors>();

export function errorsOf(answer: Answer<unknown>): Errors {
  const errors = known.get(answer) ?? new Map(graphErrorsOf(answer).map((it) => [it.path.join('.'), it]));
  known.set(answer, errors);
  return errors;
}

/**
 * What is missing of answers that are shown, a sentence for each cause. `names` says what the fields are called on the
 * page. What the systems contradict each other about is told where it stands.
 */
export function gapsIn(answers: readonly Answer<unknown>[], names: Record<string, string>): Trouble[] {
  const causes = new Map<string, { errors: GraphError[]; fields: Set<string> }>();
  for (const error of answers.flatMap((it) => graphErrorsOf(it))) {
    if (error.code === 'CONFLICT') continue;
    const sentence = sentenceOf(error);
    const cause = causes.get(sentence) ?? { errors: [], fields: new Set() };
    cause.errors.push(error);
    cause.fields.add(nameOf(error, names));
    causes.set(sentence, cause);
  }
  return [...causes].map(([sentence, { errors, fields }]) => ({
    text: `${sentence} Unknown for now: ${list.format(fields)}.`,
    retryAfterSeconds: latestOf(errors),
  }));
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

function nameOf({ path }: GraphError, names: Record<string, string>): string {
  const field = path.findLast((it) => typeof it === 'string' && Object.hasOwn(names, it));
  return (field === undefined ? undefined : names[field]) ?? 'some of it';
}
