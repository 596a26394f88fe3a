import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** One request as the emulator received it. `target` is the raw request target, before any decoding. */
export type EmulatorRequest = {
  method: string;
  target: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
};

/** `body`: a string or Buffer is sent as it is, undefined sends no body, other values are sent as JSON. */
export type Reply = { status: number; headers?: Record<string, string>; body?: unknown };

/** A log entry for each request. Times are `performance.now()` milliseconds; `endedAt` and `status` are null while it runs. */
export type RecordedRequest = {
  method: string;
  target: string;
  body: string;
  startedAt: number;
  endedAt: number | null;
  status: number | null;
};

/**
 * A fault for the next `times` requests that match (default: every request, once). The emulator begins when `gate` resolves.
 * `delayMs` passes before it handles the request, `lateMs` between that and the reply, which may be outdated by then. `reply`
 * replaces the emulator's reply. `cut: 'before'` drops the connection without handling the request; `cut: 'after'` drops it
 * after the emulator has done the work, so that the caller never learns the outcome.
 */
export type Fault = {
  matches?: (request: EmulatorRequest) => boolean;
  times?: number;
  gate?: () => Promise<void>;
  delayMs?: number;
  lateMs?: number;
  reply?: Reply;
  cut?: 'before' | 'after';
};

export type Emulator = {
  readonly origin: string;
  readonly requests: RecordedRequest[];
  /** The minimum time from a request to the start of its reply, including the work for it. */
  latencyMs: number;
  inject(fault: Fault): void;
  /** Removes all faults. */
  recover(): void;
  close(): Promise<void>;
};

export type EmulatorOptions = { port?: number; latencyMs?: number };

/** Serves `handle` on a loopback port: the common part of all emulators. */
export async function startEmulator(
  handle: (request: EmulatorRequest) => Reply | Promise<Reply>,
  { port = 0, latencyMs = 0 }: EmulatorOptions = {},
): Promise<Emulator> {
  const requests: RecordedRequest[] = [];
  const faults: Fault[] = [];

  const takeFault = (request: EmulatorRequest): Fault | undefined => {
    const fault = faults.find((candidate) => candidate.matches?.(request) ?? true);
    if (fault === undefined) return undefined;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
    return fault;
  };

  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const target = incoming.url ?? '/';
    const record: RecordedRequest = {
      method: incoming.method ?? 'GET',
      target,
      body: '',
      startedAt: performance.now(),
      endedAt: null,
      status: null,
    };
    requests.push(record);
    const request = await readRequest(incoming, target);
    record.body = request.body.toString('utf8');
    const fault = takeFault(request);
    if (fault?.cut === 'before') return void outgoing.destroy();
    const delayMs = fault?.delayMs ?? 0;
    if (delayMs > 0) await delay(delayMs);
    await fault?.gate?.();
    const reply = fault?.reply ?? (await handle(request));
    const wait = record.startedAt + delayMs + emulator.latencyMs + (fault?.lateMs ?? 0) - performance.now();
    if (wait > 0) await delay(wait);
    if (fault?.cut === 'after') return void outgoing.destroy();
    send(outgoing, request.method, reply);
    record.endedAt = performance.now();
    record.status = reply.status;
  }

  await listen(server, port).catch((error: unknown) => {
    // A second sandbox on the same machine uses a free port, because it prints its address anyway.
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return listen(server, 0);
  });
  const { port: bound } = server.address() as AddressInfo;

  const emulator: Emulator = {
    origin: `http://127.0.0.1:${bound}`,
    requests,
    latencyMs,
    inject: (fault) => void faults.push({ ...fault }),
    recover: () => void faults.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return emulator;
}

async function readRequest(incoming: IncomingMessage, target: string): Promise<EmulatorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [path = '', query = ''] = splitTarget(target);
  return {
    method: incoming.method ?? 'GET',
    target,
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}

function splitTarget(target: string): [string, string] {
  const mark = target.indexOf('?');
  return mark === -1 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}

function send(outgoing: ServerResponse, method: string, { status, headers = {}, body }: Reply): void {
  const isRaw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  const bytes = isRaw ? (body ?? '') : JSON.stringify(body);
  if (!isRaw && headers['content-type'] === undefined) outgoing.setHeader('content-type', 'application/json');
  outgoing.writeHead(status, headers);
  outgoing.end(method === 'HEAD' || status === 304 ? undefined : bytes);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
