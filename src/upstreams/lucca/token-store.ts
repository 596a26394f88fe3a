/** A token with its age and its lifetime, in milliseconds. */
export type IssuedToken = {
  value: string;
  ageMs: number;
  lifetimeMs: number;
  /** The scopes that it lacks because they were not granted; absent: none. */
  missingScopes?: readonly string[];
};

/** Shares one access token between processes with the same credentials. */
export type TokenStore = {
  /**
   * Returns a token that `isGood` accepts: the stored one, or the result of `issue`, which runs in one process at a
   * time. Throws the error of `issue`, also in the processes that waited for it.
   */
  get(isGood: (token: IssuedToken) => boolean, issue: () => Promise<IssuedToken>): Promise<IssuedToken>;
};

/** Without sharing: every process issues its own token. */
export const noTokenStore: TokenStore = { get: (_, issue) => issue() };
