import { open } from '../resolvers/declarations.ts';
import { employeeEntity } from '../resolvers/find-employee.ts';
import type * as results from '../resolvers/mutation-results.ts';
import { builder } from './builder.ts';
import { UpstreamEnum } from './upstream.ts';

const ErrorRef = builder.interfaceRef<{ message: string }>('Error').implement({
  description: 'Why a mutation was not done: for developers, in English.',
  dataClass: 'PUBLIC',
  fields: (t) => ({ message: t.exposeString('message') }),
});

const FieldErrorRef = builder.objectRef<results.FieldError>('FieldError').implement({
  description: 'What is wrong with one member of the input.',
  scope: open,
  dataClass: 'PUBLIC',
  fields: (t) => ({
    path: t.stringList({
      description: 'From the input to the member, such as `["names", "0", "locale"]`; empty for the input as a whole.',
      resolve: (it) => [...it.path],
    }),
    message: t.exposeString('message'),
  }),
});

const InvalidInputErrorRef = builder.objectRef<results.InvalidInputError>('InvalidInputError').implement({
  description: 'The input cannot be used. Nothing was sent, unless an upstream found the fault.',
  scope: open,
  dataClass: 'PUBLIC',
  interfaces: [ErrorRef],
  fields: (t) => ({ fields: t.field({ type: [FieldErrorRef], resolve: (it) => [...it.fields] }) }),
});

const ForbiddenErrorRef = builder.objectRef<results.ForbiddenError>('ForbiddenError').implement({
  description: 'The deployment is read-only, or the caller may not write this. Nothing was sent.',
  scope: open,
  dataClass: 'PUBLIC',
  interfaces: [ErrorRef],
});

const UpstreamRejectedErrorRef = builder.objectRef<results.UpstreamRejectedError>('UpstreamRejectedError').implement({
  description: 'An upstream refused: the request as such, or the credentials of this deployment. Nothing was written.',
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
      'An upstream did not answer, has spent its allowance, or is not configured. Nothing was written as far as could be seen; where even that could not be, the message says so.',
    scope: open,
    dataClass: 'PUBLIC',
    interfaces: [ErrorRef],
    fields: (t) => ({
      upstream: t.expose('upstream', { type: UpstreamEnum }),
      retryAfterSeconds: t.exposeInt('retryAfterSeconds', {
        nullable: true,
        description: 'Where the upstream says so.',
      }),
    }),
  });

export const NotFoundErrorRef = builder.objectRef<results.NotFoundError>('NotFoundError').implement({
  description: 'There is nothing that the input names. The message begins with the member that names it.',
  scope: open,
  dataClass: 'PUBLIC',
  interfaces: [ErrorRef],
});

export const AlreadyExistsErrorRef = builder.objectRef<results.AlreadyExistsError>('AlreadyExistsError').implement({
  description: 'There is such an object already.',
  scope: open,
  dataClass: 'PUBLIC',
  interfaces: [ErrorRef],
  fields: (t) => ({ field: t.exposeString('field', { description: 'The member of the input whose value is taken.' }) }),
});

export const VersionConflictErrorRef = builder
  .objectRef<results.VersionConflictError>('VersionConflictError')
  .implement({
    description: 'The object is no longer the one that the caller has seen.',
    scope: open,
    dataClass: 'PUBLIC',
    interfaces: [ErrorRef],
    fields: (t) => ({ currentVersion: t.exposeString('currentVersion') }),
  });

export const InUseErrorRef = builder.objectRef<results.InUseError>('InUseError').implement({
  description: 'People have it, so it was not deleted.',
  scope: open,
  dataClass: 'PUBLIC',
  interfaces: [ErrorRef],
  fields: (t) => ({
    employeeCount: t.exposeInt('employeeCount', {
      description: 'How many, just now.',
      // It counts people, whom nobody need be allowed to see who writes grades.
      takes: () => [employeeEntity.scope],
    }),
  }),
});

/** What any mutation may end in. */
export const commonErrorRefs = [
  InvalidInputErrorRef,
  ForbiddenErrorRef,
  UpstreamRejectedErrorRef,
  UpstreamUnavailableErrorRef,
] as const;
