import type { AccessSettings } from '../config/access-settings.ts';

/** For a program that only its own user can reach, and who has the upstreams' credentials already. */
export const ownAccess: AccessSettings = {
  authentication: { mode: 'none', isLocal: false, isChosen: true },
  callerAllowance: null,
  corsOrigins: [],
  hasGraphiql: false,
  hasIntrospection: false,
  persistedOperations: { isOnly: false, documents: new Map() },
};
