import type { Server, ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { mutationPatienceMs } from '../http/request-context.ts';

/** As long as any operation may take, and a moment to write its response: who cuts a mutation loses what it has done. */
export const graceMs = mutationPatienceMs + 1_000;

export type StopOptions = {
  /** How long requests are still accepted: until balancers have seen that they should go elsewhere. */
  delayMs?: number;
  /** How long running requests may take once the listener has closed. */
  graceMs: number;
};

/** For requests that are on their way when the listener closes, over connections that are idle by then. */
const inFlightMs = 100;
/** Turns of the event loop in a row that bring nothing new. One is too few: a signal arrives in the middle of a turn. */
const quietTurns = 5;
/** For a client that never stops sending. */
const maxWaitMs = 5_000;

/**
 * Ends an HTTP server so that no request that was sent before its listener closed is lost. Responses carry
 * `Connection: close` from the beginning of the stop, so that clients open their next connection elsewhere.
 */
export class Drain {
  isStopping = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #responses = new Set<ServerResponse>();
  #accepted = 0;
  #isDrained = false;
  /** Requests that wait for the listener to be closed; null where none has to. */
  #held: (() => void)[] | null = null;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#accepted += 1;
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** To be called with every response before anything is written to it. */
  watch(response: ServerResponse): void {
    this.#responses.add(response);
    if (this.isStopping) response.setHeader('connection', 'close');
    response.once('close', () => {
      this.#responses.delete(response);
      // Headers sent before the stop have promised the client that the connection stays.
      if (this.#isDrained) setImmediate(() => this.#server.closeIdleConnections());
    });
  }

  /**
   * Serves a request: at once, or after the listener has closed where that is about to happen. While connections keep coming,
   * a busy server would else never find the moment in which none waits.
   */
  serve(request: () => void): void {
    if (this.#held === null) request();
    else this.#held.push(request);
  }

  /** Resolves when the last connection has ended. */
  async stop({ delayMs = 0, graceMs }: StopOptions): Promise<void> {
    this.isStopping = true;
    for (const response of this.#responses) if (!response.headersSent) response.setHeader('connection', 'close');
    if (delayMs > 0) await delay(delayMs);
    const held: (() => void)[] = [];
    this.#held = held;
    await this.#untilQuiet(() => this.#accepted);
    // Node's own close would end idle connections in the same moment, with requests on them that it has not read yet.
    const closed = new Promise<void>((resolve) => Listener.prototype.close.call(this.#server, () => resolve()));
    this.#held = null;
    for (const request of held) request();
    const cut = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    if (this.#sockets.size > 0) await Promise.race([closed, delay(Math.min(inFlightMs, graceMs))]);
    await this.#untilQuiet(() => this.#bytesRead());
    this.#isDrained = true;
    this.#server.closeIdleConnections();
    // Opened ahead and never used: Node takes these for busy until its timeout for headers.
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
    await closed;
    clearTimeout(cut);
  }

  #bytesRead(): number {
    let bytes = 0;
    for (const socket of this.#sockets) bytes += socket.bytesRead;
    return bytes;
  }

  /**
   * Reads what the system has received already, however busy the process is: connections that wait in the listener's
   * queue, of which Node accepts one in each turn and which the system resets when it closes, and bytes on open ones.
   */
  async #untilQuiet(seen: () => number): Promise<void> {
    const until = performance.now() + maxWaitMs;
    for (let quiet = 0, before = -1; quiet < quietTurns && performance.now() < until; ) {
      await nextTurn();
      const now = seen();
      quiet = now === before ? quiet + 1 : 0;
      before = now;
    }
  }
}
