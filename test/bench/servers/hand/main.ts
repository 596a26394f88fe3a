import { createServer } from 'node:http';
import { createYoga } from 'graphql-yoga';
import { createLoaders } from './loaders.ts';
import { schema } from './schema.ts';

/** What a team would write in a week: Yoga, Pothos, dataloaders for each operation. */
const yoga = createYoga({ schema, context: () => ({ loaders: createLoaders() }), logging: false });
createServer(yoga).listen(Number(process.env.PORT), '127.0.0.1');
