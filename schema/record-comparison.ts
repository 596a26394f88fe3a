import { employeeEntity } from '../resolvers/find-employee.ts';
import { type RecordComparison, recordComparisons } from '../resolvers/record-comparisons.ts';
import type { RecordKey, RecordPair } from '../src/domain/filters.ts';
import { peopleListNames } from '../src/loaders/list-names.ts';
import { builder } from './builder.ts';
import { IdentityMatch, LinkEvidence } from './identity-match.ts';
import { UpstreamEnum } from './upstream.ts';

const RecordKeyInput = builder.inputRef<RecordKey>('RecordKey').implement({
  description: 'A record, as a row of the mapping file names it.',
  fields: (t) => ({
    upstream: t.field({ type: UpstreamEnum, required: true }),
    mappingKey: t.string({ required: true, description: 'See `EmployeeIdentity.mappingKey`.' }),
  }),
});

const RecordPairInput = builder.inputRef<RecordPair>('RecordPair').implement({
  description: 'Two records that a row of the mapping file would make one person.',
  fields: (t) => ({
    one: t.field({ type: RecordKeyInput, required: true }),
    other: t.field({ type: RecordKeyInput, required: true }),
  }),
});

const RecordComparisonRef = builder.objectRef<RecordComparison>('RecordComparison').implement({
  description: 'What two records have in common. Both lists are empty if nothing suggests that they are of one person.',
  scope: employeeEntity.scope,
  dataClass: 'PERSONAL',
  fields: (t) => ({
    matchedBy: t.field({
      type: [IdentityMatch],
      description: 'The rules by which the records are equal, whether or not the deployment uses them.',
      resolve: ({ matchedBy }) => [...matchedBy],
    }),
    evidence: t.field({
      type: [LinkEvidence],
      description: 'What their names, addresses and birthdays have in common.',
      resolve: ({ evidence }) => [...evidence],
    }),
  }),
});

builder.queryField('recordComparisons', (t) =>
  t.field({
    type: [RecordComparisonRef],
    nullable: { list: true, items: true },
    description:
      'Compares pairs of records, such as those of a new row of the mapping file, in the order of the pairs. Null for a pair with a key that no record has.',
    dataClass: 'PERSONAL',
    args: { pairs: t.arg({ type: [RecordPairInput], required: true, description: 'At most 1,000.' }) },
    batch: 'pairs',
    reads: peopleListNames,
    resolve: recordComparisons,
  }),
);
