import { open } from '../resolvers/declarations.ts';
import { employeeEntity } from '../resolvers/find-employee.ts';
import type * as results from '../resolvers/mutation-results.ts';
import { builder } from './builder.ts';
import { UpstreamEnum } from './upstream.ts';

const ErrorRef = builder.interfaceRef<{ message: string }>('Error').implement({
  description: 'Why a mutation failed: a message for developers, in English.',
  dataClass: 'PUBLIC',
  fields: (t) => ({ message: t.exposeString('message') }),
});

const FieldErrorRef = builder.objectRef<results.FieldError>('FieldError').implement({
  description: 'The fault of one member of the input.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    path: t.stringList({
      description:
        'The path from the input to the member, such as `["names", "0", "locale"]`; empty for the input as a whole.',
      resolve: ({ path }) => [...path],
    }),
    message: t.exposeString('message'),
  }),
});

const InvalidInputErrorRef = builder.objectRef<results.InvalidInputError>('InvalidInputError').implement({
  description: 'The input is invalid. Nothing was sent, unless the upstream found the fault.',
  scope: open,
  dataClass: 'PUBLIC',
  interfaces: [ErrorRef],
  fields: (t) => ({ fields: t.field({ type: [FieldErrorRef], resolve: ({ fields }) => [...fields] }) }),
});

const ForbiddenErrorRef = builder.objectRef<results.ForbiddenError>('ForbiddenError').implement({
  description: 'The deployment is read-only, or the caller may not write this. Nothing was sent.',
  scope: open,
  dataClass: 'PUBLIC',
  interfaces: [ErrorRef],
});

const UpstreamRejectedErrorRef = builder.objectRef<results.UpstreamRejectedError>('UpstreamRejectedError').implement({
  description: 'An upstream refused the request, or the credentials of this deployment. Nothing was written.',
  scope: open,
  dataClass: 'PUBLIC',
  interfaces: [ErrorRef],
  fields: (t) => ({
    upstream: t.expose('upstream', { type: UpstreamEnum }),
    code: t.exposeString('code', {
      nullable: true,
      description: "The upstream's own code: NAVER's `code` or its gateway's `errorCode`, else the HTTP status.",
    }),
  }),
});

const UpstreamUnavailableErrorRef = builder
  .objectRef<results.UpstreamUnavailableError>('UpstreamUnavailableError')
  .implement({
    description:
      'An upstream did not respond, its rate limit is used up, or it is not configured. As far as could be verified, nothing was written; if it could not be verified, the message says so.',
    scope: open,
    dataClass: 'PUBLIC',
    interfaces: [ErrorRef],
    fields: (t) => ({
      upstream: t.expose('upstream', { type: UpstreamEnum }),
      retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
        nullable: true,
        description: 'When to try again, if known.',
      }),
    }),
  });

export const NotFoundErrorRef = builder.objectRef<results.NotFoundError>('NotFoundError').implement({
  description: 'The object that the input names does not exist. The message begins with the member of the input.',
  scope: open,
  dataClass: 'PUBLIC',
  interfaces: [ErrorRef],
});

export const AlreadyExistsErrorRef = builder.objectRef<results.AlreadyExistsError>('AlreadyExistsError').implement({
  description: 'An object with this value already exists.',
  scope: open,
  dataClass: 'PUBLIC',
  interfaces: [ErrorRef],
  fields: (t) => ({ field: t.exposeString('field', { description: 'The member of the input whose value is taken.' }) }),
});

export const VersionConflictErrorRef = builder
  .objectRef<results.VersionConflictError>('VersionConflictError')
  .implement({
    description: 'The object has changed since the caller read it.',
    scope: open,
    dataClass: 'PUBLIC',
    interfaces: [ErrorRef],
    fields: (t) => ({
      currentVersion: t.exposeString('currentVersion', { description: 'The version of the object now.' }),
    }),
  });

export const InUseErrorRef = builder.objectRef<results.InUseError>('InUseError').implement({
  description: 'The object was not deleted, because people hold it.',
  scope: open,
  dataClass: 'PUBLIC',
  interfaces: [ErrorRef],
  fields: (t) => ({
    employeeCount: t.exposeInt('employeeCount', {
      description: 'How many people hold the object now.',
      // The count reveals people's data, which a caller who may write grades need not be allowed to see.
      requires: () => [employeeEntity.scope],
    }),
  }),
});

/** Errors that every mutation can return. */
export const commonErrorRefs = [
  InvalidInputErrorRef,
  ForbiddenErrorRef,
  UpstreamRejectedErrorRef,
  UpstreamUnavailableErrorRef,
] as const;
