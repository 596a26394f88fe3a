import type { AccessSettings } from '../config/access-settings.ts';

/** Of a program of its own: whoever can start it holds the upstreams' credentials already; and nobody else reaches it. */
export const ownAccess: AccessSettings = {
  authentication: { mode: 'none', isLocal: false, isChosen: true },
  callerAllowance: null,
  corsOrigins: [],
  hasGraphiql: false,
  hasIntrospection: false,
  persistedOperations: { isOnly: false, documents: new Map() },
};
