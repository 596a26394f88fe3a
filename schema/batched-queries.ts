import { type BatchedQuery, batchedQueries } from '../resolvers/batched-queries.ts';
import { builder } from './builder.ts';

function addQuery({ name, type, argument, description, dataClass, find, reads }: BatchedQuery): void {
  builder.queryField(name, (t) =>
    t.field({
      type: [type],
      // Nullable as a whole: gateways send several such fields at once, and a missing right must not null the others.
      nullable: { list: true, items: true },
      description:
        'For schema stitching: entities in the order of the keys, read in one batch. Null for an unknown key and for a null key.',
      dataClass,
      args: {
        [argument]: t.arg({
          type: [argument === 'ids' ? 'ID' : 'String'],
          required: { list: true, items: false },
          description,
        }),
      },
      batch: argument,
      reads: ({ args }) => reads(args[argument] ?? []),
      resolve: (_, args, context) => find(args[argument] ?? [], context),
    }),
  );
}

for (const query of batchedQueries) addQuery(query);
