import type { EmployeeIdentity } from '../resolvers/employee.ts';
import { employeeEntity } from '../resolvers/find-employee.ts';
import { type IdentityConflict, identityConflicts } from '../resolvers/identity-conflicts.ts';
import { type LinkSuggestion, linkSuggestions } from '../resolvers/link-suggestions.ts';
import type { CandidateRecord, MissingLink } from '../resolvers/unlinked-people.ts';
import { peopleListNames } from '../src/loaders/list-names.ts';
import { builder } from './builder.ts';
import { addPage, pageArgs } from './connection.ts';
import { EmployeeStatus } from './employee-status.ts';
import { ConflictReasonEnum, IdentityMatch, LinkEvidence, UnlinkedReason } from './identity-match.ts';
import { UpstreamEnum } from './upstream.ts';

const { scope, population } = employeeEntity;
const personal = { scope, dataClass: 'PERSONAL' } as const;
const asOf = "When the upstream's people were last read. Later changes are not included.";

export const EmployeeIdentityRef = builder.objectRef<EmployeeIdentity>('EmployeeIdentity').implement({
  description: 'The record of a person in one upstream.',
  ...personal,
  fields: (t) => ({
    upstream: t.expose('upstream', { type: UpstreamEnum }),
    upstreamId: t.exposeString('upstreamId', {
      description: "Lucca's id, Ctrl Hub's user id, or NAVER's externalKey, else its empId.",
    }),
    matchedBy: t.expose('matchedBy', { type: IdentityMatch }),
    mappingKey: t.exposeString('mappingKey', {
      nullable: true,
      description: 'The key of the record in the mapping file. Null for a record without a unique key.',
    }),
  }),
});

const ConflictingRecord = builder.objectRef<CandidateRecord>('ConflictingRecord').implement({
  description: 'A record in a conflict, or a candidate for a missing record.',
  ...personal,
  fields: (t) => ({
    upstream: t.expose('upstream', { type: UpstreamEnum }),
    upstreamId: t.exposeString('upstreamId', { description: 'The identifier of the record in this upstream.' }),
    personId: t.exposeID('personId', {
      nullable: true,
      description: 'The id of the person whom the record leads or is linked to; null if it belongs to nobody.',
    }),
    status: t.expose('status', {
      type: EmployeeStatus,
      nullable: true,
      dataClass: 'SENSITIVE',
      description: "Lucca: that person's status.",
    }),
  }),
});

export const IdentityConflictRef = builder.objectRef<IdentityConflict>('IdentityConflict').implement({
  description: 'Several records or several people match, so none of them is linked by this rule.',
  ...personal,
  fields: (t) => ({
    matchedBy: t.expose('matchedBy', { type: IdentityMatch, description: 'The rule by which they match.' }),
    upstream: t.expose('upstream', { type: UpstreamEnum, description: 'The upstream whose records would be linked.' }),
    reason: t.expose('reason', { type: ConflictReasonEnum }),
    records: t.expose('records', { type: [ConflictingRecord] }),
    asOf: t.expose('asOf', { type: 'DateTime', description: asOf }),
  }),
});

export const MissingLinkRef = builder.objectRef<MissingLink>('MissingLink').implement({
  description: 'An upstream without a record of the person, and why.',
  ...personal,
  fields: (t) => ({
    upstream: t.expose('upstream', { type: UpstreamEnum }),
    reason: t.expose('reason', { type: UnlinkedReason }),
    rule: t.expose('rule', {
      type: IdentityMatch,
      nullable: true,
      description: 'The rule that found the candidates; null without candidates.',
    }),
    candidates: t.expose('candidates', {
      type: [ConflictingRecord],
      description: 'Records that may be the missing one, by that rule.',
    }),
    asOf: t.expose('asOf', { type: 'DateTime', description: asOf }),
  }),
});

const LinkSuggestionRef = builder.objectRef<LinkSuggestion>('LinkSuggestion').implement({
  description:
    'Two people from different upstreams who may be the same person. A suggestion links nobody; to link them, add a row to the mapping file.',
  ...personal,
  fields: (t) => ({
    people: t.field({
      type: ['Employee'],
      length: 2,
      description: 'The two people.',
      resolve: ({ people }) => [...people],
    }),
    score: t.exposeFloat('score', { description: 'How likely the two are the same person: above 0 and below 1.' }),
    evidence: t.field({
      type: [LinkEvidence],
      description: 'The evidence for the suggestion.',
      resolve: ({ evidence }) => [...evidence],
    }),
    isAmbiguous: t.exposeBoolean('isAmbiguous', {
      description: 'True if another suggestion contradicts this one: at most one of them is right.',
    }),
  }),
});

const IdentityConflictConnection = addPage('IdentityConflict', IdentityConflictRef, { ...personal, population });
const LinkSuggestionConnection = addPage('LinkSuggestion', LinkSuggestionRef, { ...personal, population });

const currentOnly = 'Leave out people whose employment has ended.';

builder.queryFields((t) => ({
  identityConflicts: t.field({
    type: IdentityConflictConnection,
    nullable: true,
    description: 'All links that were not made because several records or people match, each once.',
    dataClass: 'PERSONAL',
    args: {
      ...pageArgs(t.arg),
      upstream: t.arg({ type: UpstreamEnum, description: 'Only conflicts about records of this upstream.' }),
      status: t.arg({
        type: [EmployeeStatus],
        description: 'Only conflicts in which some person has one of these statuses in Lucca.',
      }),
      reasons: t.arg({ type: [ConflictReasonEnum], description: 'Only conflicts with one of these reasons.' }),
      currentOnly: t.arg.boolean({
        description: 'Only conflicts in which the employment of some person has not ended.',
      }),
    },
    reads: peopleListNames,
    resolve: identityConflicts,
  }),
  linkSuggestions: t.field({
    type: LinkSuggestionConnection,
    nullable: true,
    description:
      'Pairs of people who may be the same person, most likely first. The two people of a pair have no upstream in common.',
    dataClass: 'PERSONAL',
    args: {
      ...pageArgs(t.arg),
      missingFrom: t.arg({
        type: UpstreamEnum,
        description: 'Only pairs in which one of the two has no record in this upstream.',
      }),
      currentOnly: t.arg.boolean({ description: currentOnly }),
    },
    reads: peopleListNames,
    resolve: linkSuggestions,
  }),
}));
