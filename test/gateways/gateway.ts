/** One of the graphs that a gateway joins: where it is, and its SDL as it is composed. */
type Part = { url: string; sdl: string };

export type Gateway = { url: string; stop(): Promise<void> };

/** A product that joins graphs. */
export type GatewayKind = {
  /** The language in which it wants to be told of its parts. */
  sdl: 'federation' | 'stitching';
  /** Serves the joined graph over HTTP, and passes the caller's `authorization` on to its parts. */
  start(parts: { hr: Part; bookings: Part }): Promise<Gateway>;
};
