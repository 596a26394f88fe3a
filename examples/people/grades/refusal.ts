import type { CreateGradeMutation, UpdateGradeMutation } from 'hr-graph/client';

type Result = CreateGradeMutation['createGrade'] | UpdateGradeMutation['updateGrade'];
type Refused = Exclude<Result, { __typename: 'CreateGradeSuccess' | 'UpdateGradeSuccess' }>;

/** Why nothing was written: what to say at each field of the form, and what to say of the whole. */
export type Refusal = { fields: Readonly<Record<string, string>>; whole: string | null };

const taken: Record<string, string> = {
  name: 'Another grade has this name.',
  externalKey: 'Another grade has this key.',
};

/** The server's messages are for developers: a named error is told in the page's own words. */
export function refusalOf(result: Refused): Refusal {
  switch (result.__typename) {
    case 'AlreadyExistsError':
      return { fields: { [result.field]: taken[result.field] ?? result.message }, whole: null };
    case 'InvalidInputError':
      return {
        fields: Object.fromEntries(result.fields.map(({ path: [field = ''], message }) => [field, sentence(message)])),
        whole: result.fields.some((it) => it.path.length === 0) ? result.message : null,
      };
    case 'VersionConflictError':
      return { fields: {}, whole: 'Somebody else has changed this grade meanwhile. It is shown as it is now.' };
    case 'NotFoundError':
      return { fields: {}, whole: 'This grade is gone.' };
    case 'ForbiddenError':
      return { fields: {}, whole: 'Grades may not be changed from here.' };
    case 'UpstreamUnavailableError': {
      const { retryAfterSeconds: seconds, message } = result;
      return { fields: {}, whole: seconds === null ? message : `${message} It may work in ${seconds} s.` };
    }
    case 'UpstreamRejectedError':
      return { fields: {}, whole: result.message };
  }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
