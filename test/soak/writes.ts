import { z } from 'zod';
import type { Company } from '../../src/sandbox/company/data.ts';
import { assignmentType, type History, numbered, splitName, type Window } from './history.ts';
import { mostAssigned, type Target } from './operations.ts';

export type Write = {
  body: string;
  /** Each write has one of its own. */
  number: number;
  /** What the result shows where it was done. */
  shows: string;
};

const failure = '__typename ... on Error { message }';
const renameMutation = `mutation ($key: String!, $name: String!) {
  result: updateGrade(input: { externalKey: $key, name: $name }) {
    ${failure} ... on UpdateGradeSuccess { grade { shown: name } }
  }
}`;
const assignMutation = `mutation ($user: String!, $role: String!, $type: String!) {
  result: createJobRoleAssignment(input: { ctrlHubUserId: $user, ctrlHubRoleId: $role, type: $type }) {
    ${failure} ... on CreateJobRoleAssignmentSuccess { assignment { shown: type } }
  }
}`;

const shown = z.object({ shown: z.string() });
const resultShape = z.object({
  data: z.object({
    result: z.looseObject({
      __typename: z.string(),
      message: z.string().optional(),
      grade: shown.optional(),
      assignment: shown.optional(),
    }),
  }),
});

/** Of the writes: the others give grades another name. */
const everySoManiethAssigns = 25;

/** Writes with a number each, which is seen in what they write. */
export function writesOf({ naver, ctrlHub }: Company, targets: readonly Target[]) {
  // Those in use, and held by somebody.
  const grades = naver.grades.flatMap(({ externalKey, name, itemUsed }) =>
    itemUsed && externalKey !== null ? [{ externalKey, name }] : [],
  );
  const held = new Set(ctrlHub.assignments.map((it) => it.roleId));
  const roles = ctrlHub.jobRoles.filter((it) => it.deletedAt === null && held.has(it.id));
  const pick = <T>(from: readonly T[], number: number): T => {
    const found = from[number % from.length];
    if (found === undefined) throw new Error('The company has nothing to write to.');
    return found;
  };

  function rename(number: number): Write {
    const { externalKey, name } = pick(grades, number);
    const variables = { key: externalKey, name: numbered(name, number) };
    return { number, body: JSON.stringify({ query: renameMutation, variables }), shows: variables.name };
  }

  let assigned = 0;
  function assign(number: number): Write {
    const variables = {
      user: pick(targets, assigned).userId,
      role: pick(roles, assigned).id,
      type: assignmentType(number),
    };
    assigned += 1;
    return { number, body: JSON.stringify({ query: assignMutation, variables }), shows: variables.type };
  }

  return {
    rename,
    assign,
    /** Assignments stay on the first page of each person, which is all that the reads show. */
    next: (number: number): Write =>
      number % everySoManiethAssigns === 0 && assigned < targets.length * mostAssigned
        ? assign(number)
        : rename(number),
  };
}

export type WriteResult = 'done' | 'told' | { wrong: string };

/**
 * `told`: an upstream could not do it, and the answer says so. Else it has been done, once; and the answer shows it, or what
 * somebody else has made of it meanwhile.
 */
export function resultOf(text: string, { number, shows }: Write, history: History, window: Window): WriteResult {
  const parsed = resultShape.safeParse(JSON.parse(text));
  if (!parsed.success) return { wrong: text.slice(0, 300) };
  const { __typename: type, message = '', grade, assignment } = parsed.data.data.result;
  if (type === 'UpstreamUnavailableError') return 'told';
  if (!type.endsWith('Success')) return { wrong: `${type}: ${message}` };
  if (history.timesWritten(number) !== 1) return { wrong: `${shows} was not written, and the answer says that it was` };
  const found = (grade ?? assignment)?.shown ?? '';
  const name = splitName(found);
  if (found === shows || history.hadName(name.base, name.number, window)) return 'done';
  return { wrong: `${shows} was written, and the answer shows ${found}` };
}
