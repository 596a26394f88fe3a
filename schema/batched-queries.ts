import { type BatchedQuery, batchedQueries } from '../resolvers/batched-queries.ts';
import { builder } from './builder.ts';

function addQuery({ name, type, argument, description, dataClass, find, reads }: BatchedQuery): void {
  builder.queryField(name, (t) =>
    t.field({
      type: [type],
      // What others know is kept where a caller may not see these: gateways send several such fields at once.
      nullable: { list: true, items: true },
      description: 'Schema stitching: in the order asked, read in one batch; null for what is not there, and for null.',
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
