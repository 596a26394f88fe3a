/** A token with its age and lifetime, in milliseconds. */
export type IssuedToken = { value: string; ageMs: number; lifetimeMs: number };

/** Where processes with the same credentials find the access token that one of them was issued. */
export type TokenStore = {
  /**
   * A token that `isGood` accepts: the one that is there, or what `issue` resolves with, which runs in one process at a
   * time. Throws what `issue` throws, here or, for those who waited for it, there.
   */
  get(isGood: (token: IssuedToken) => boolean, issue: () => Promise<IssuedToken>): Promise<IssuedToken>;
};

/** Of this process alone. */
export const noTokenStore: TokenStore = { get: (_, issue) => issue() };
