import type { EmployeeIdentity } from '../resolvers/employee.ts';
import { employeeEntity } from '../resolvers/find-employee.ts';
import { type IdentityConflict, identityConflicts } from '../resolvers/identity-conflicts.ts';
import { type LinkSuggestion, linkSuggestions } from '../resolvers/link-suggestions.ts';
import type { CandidateRecord, MissingLink } from '../resolvers/unlinked-people.ts';
import { upstreams } from '../src/domain/upstream.ts';
import { peopleListNames } from '../src/loaders/list-names.ts';
import { builder } from './builder.ts';
import { addPage, pageArgs } from './connection.ts';
import { EmployeeStatus } from './employee-status.ts';
import { ConflictReasonEnum, IdentityMatch, LinkEvidence, UnlinkedReason } from './identity-match.ts';
import { UpstreamEnum } from './upstream.ts';

const { scope, population } = employeeEntity;
const personal = { scope, dataClass: 'PERSONAL' } as const;
const asOf = "When the reading of the upstream's people began: who came or changed since then is not known yet.";

export const EmployeeIdentityRef = builder.objectRef<EmployeeIdentity>('EmployeeIdentity').implement({
  description: 'A person as one upstream knows them.',
  ...personal,
  fields: (t) => ({
    upstream: t.expose('upstream', { type: UpstreamEnum }),
    upstreamId: t.exposeString('upstreamId', {
      description: "Lucca's id, Ctrl Hub's user id, NAVER's externalKey or else its empId.",
    }),
    matchedBy: t.expose('matchedBy', { type: IdentityMatch }),
    mappingKey: t.exposeString('mappingKey', {
      nullable: true,
      description: 'What names the record in the mapping file. Null for a record that has no key to itself.',
    }),
  }),
});

const ConflictingRecord = builder.objectRef<CandidateRecord>('ConflictingRecord').implement({
  description: 'A record that takes part in a conflict, or that may be the one that is missing.',
  ...personal,
  fields: (t) => ({
    upstream: t.expose('upstream', { type: UpstreamEnum }),
    upstreamId: t.exposeString('upstreamId'),
    personId: t.exposeID('personId', {
      nullable: true,
      description: 'The id of the person whom the record leads or is linked to. Null for nobody.',
    }),
    status: t.expose('status', {
      type: EmployeeStatus,
      nullable: true,
      dataClass: 'SENSITIVE',
      description: "Lucca: that person's.",
    }),
  }),
});

export const IdentityConflictRef = builder.objectRef<IdentityConflict>('IdentityConflict').implement({
  description:
    'Several records, or several people, claim one link. Nothing is guessed: none of them is linked by this rule.',
  ...personal,
  fields: (t) => ({
    matchedBy: t.expose('matchedBy', { type: IdentityMatch, description: 'What they have in common.' }),
    upstream: t.expose('upstream', { type: UpstreamEnum, description: 'Whose records were to be linked.' }),
    reason: t.expose('reason', { type: ConflictReasonEnum }),
    records: t.expose('records', { type: [ConflictingRecord] }),
    asOf: t.expose('asOf', { type: 'DateTime', description: asOf }),
  }),
});

export const MissingLinkRef = builder.objectRef<MissingLink>('MissingLink').implement({
  description: 'An upstream of which a person has no record, and why.',
  ...personal,
  fields: (t) => ({
    upstream: t.expose('upstream', { type: UpstreamEnum }),
    reason: t.expose('reason', { type: UnlinkedReason }),
    rule: t.expose('rule', {
      type: IdentityMatch,
      nullable: true,
      description: 'By which the candidates were found. Null where there are none.',
    }),
    candidates: t.expose('candidates', {
      type: [ConflictingRecord],
      description: 'Records that might be the missing one, by that rule.',
    }),
    asOf: t.expose('asOf', { type: 'DateTime', description: asOf }),
  }),
});

const LinkSuggestionRef = builder.objectRef<LinkSuggestion>('LinkSuggestion').implement({
  description:
    'Two people who may be one, known to different upstreams. They are never linked because of it: whoever knows them says so in the mapping file.',
  ...personal,
  fields: (t) => ({
    people: t.field({ type: ['Employee'], length: 2, description: 'The two.', resolve: ({ people }) => [...people] }),
    score: t.exposeFloat('score', { description: 'How likely, above 0 and below 1.' }),
    evidence: t.field({
      type: [LinkEvidence],
      description: 'What speaks for it.',
      resolve: ({ evidence }) => [...evidence],
    }),
    isAmbiguous: t.exposeBoolean('isAmbiguous', {
      description: 'Another suggestion contradicts it: at most one of them is right.',
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
    description: 'All links that were not made because several records or people claim them, each once.',
    dataClass: 'PERSONAL',
    args: {
      ...pageArgs(t.arg),
      upstream: t.arg({ type: UpstreamEnum, description: 'Only about records of this upstream.' }),
      status: t.arg({ type: [EmployeeStatus], description: 'Only where somebody who takes part has one of these.' }),
      reasons: t.arg({ type: [ConflictReasonEnum], description: 'Only those of one of these kinds.' }),
      currentOnly: t.arg.boolean({ description: 'Only where somebody takes part whose employment has not ended.' }),
    },
    reads: peopleListNames,
    resolve: identityConflicts,
  }),
  linkSuggestions: t.field({
    type: LinkSuggestionConnection,
    nullable: true,
    description: `Unlinked people who may be one, the likeliest first. At most one of the ${upstreams.length} systems knows both.`,
    dataClass: 'PERSONAL',
    args: {
      ...pageArgs(t.arg),
      missingFrom: t.arg({
        type: UpstreamEnum,
        description: 'Only where one of the two is not known to this upstream.',
      }),
      currentOnly: t.arg.boolean({ description: currentOnly }),
    },
    reads: peopleListNames,
    resolve: linkSuggestions,
  }),
}));
