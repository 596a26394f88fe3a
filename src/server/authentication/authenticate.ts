import type { Viewer } from '../../../resolvers/context.ts';

/** Who sent a request with these headers. Throws the refusal that the caller gets to see. */
export type Authenticate = (headers: Pick<Headers, 'get'>) => Viewer | Promise<Viewer>;
