import type { Viewer } from '../../../resolvers/context.ts';

/** Returns the caller of a request with these headers. Throws the error that the caller gets. */
export type Authenticate = (headers: Pick<Headers, 'get'>) => Viewer | Promise<Viewer>;
