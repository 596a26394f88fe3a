import type { Server, ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { mutationPatienceMs } from '../http/request-context.ts';

/** As long as any operation may take, and a moment to write its response. Cutting off a mutation would lose its result. */
export const graceMs = mutationPatienceMs + 1_000;

export type StopOptions = {
  /** How long to accept requests after the signal, so that load balancers can remove this process. */
  delayMs?: number;
  /** How long running requests may take after the listener has closed. */
  graceMs: number;
};

/** For requests on idle connections that are on their way while the listener closes. */
const inFlightMs = 100;
/** Turns of the event loop without new data. One turn is not enough: a signal may arrive in the middle of a turn. */
const quietTurns = 5;
/** Upper limit, for a client that never stops sending. */
const maxWaitMs = 5_000;

/**
 * Stops an HTTP server without losing a request that was sent before the listener closed. From the start of the stop,
 * responses carry `Connection: close`, so that clients open their next connection elsewhere.
 */
export class Drain {
  isStopping = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #responses = new Set<ServerResponse>();
  #accepted = 0;
  #isDrained = false;
  /** Requests that wait until the listener is closed; null while requests are served at once. */
  #queued: (() => void)[] | null = null;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#accepted += 1;
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Call it with every response before anything is written to the response. */
  watch(response: ServerResponse): void {
    this.#responses.add(response);
    if (this.isStopping) response.setHeader('connection', 'close');
    response.once('close', () => {
      this.#responses.delete(response);
      // A response whose headers were sent before the stop has promised the client to keep the connection open.
      if (this.#isDrained) setImmediate(() => this.#server.closeIdleConnections());
    });
  }

  /**
   * Serves a request at once, or queues it while `stop` is about to close the listener. Otherwise a busy server would never
   * reach a moment without waiting connections.
   */
  serve(request: () => void): void {
    if (this.#queued === null) request();
    else this.#queued.push(request);
  }

  /** Resolves when the last connection has closed. */
  async stop({ delayMs = 0, graceMs }: StopOptions): Promise<void> {
    this.isStopping = true;
    for (const response of this.#responses) if (!response.headersSent) response.setHeader('connection', 'close');
    if (delayMs > 0) await delay(delayMs);
    const queued: (() => void)[] = [];
    this.#queued = queued;
    await this.#untilQuiet(() => this.#accepted);
    // Node's own close would also close idle connections at once, even if they have requests that Node has not read yet.
    const closed = new Promise<void>((resolve) => Listener.prototype.close.call(this.#server, () => resolve()));
    this.#queued = null;
    for (const request of queued) request();
    const cut = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    if (this.#sockets.size > 0) await Promise.race([closed, delay(Math.min(inFlightMs, graceMs))]);
    await this.#untilQuiet(() => this.#bytesRead());
    this.#isDrained = true;
    this.#server.closeIdleConnections();
    // Connections that clients opened in advance and never used: Node treats them as busy until the headers timeout.
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
   * Waits until Node has read everything that the operating system has received, even if the process is busy. That includes
   * bytes on open connections, and connections in the listener's queue: Node accepts one of these in each turn, and the
   * operating system resets the others when the listener closes.
   */
  async #untilQuiet(counter: () => number): Promise<void> {
    const until = performance.now() + maxWaitMs;
    for (let quiet = 0, before = -1; quiet < quietTurns && performance.now() < until; ) {
      await nextTurn();
      const now = counter();
      quiet = now === before ? quiet + 1 : 0;
      before = now;
    }
  }
}
