import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient, RESP_TYPES } from '@redis/client';

/** A Lua script, which Redis runs as one step. */
export type Script = { text: string; digest: string };

export const script = (text: string): Script => ({ text, digest: createHash('sha1').update(text).digest('hex') });

/** Redis cannot be reached now. The caller goes on without it. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway';
}

export type RedisOptions = {
  url: string;
  /** A command that takes longer counts as lost. */
  timeoutMs: number;
  /** Called once per outage with the reason, which contains no address and no password. */
  onAway(reason: string): void;
  onBack(): void;
};

type Argument = string | number | Buffer;

const betweenTriesMs = 500;
/** Connecting takes several round trips. */
const connectTimeoutMs = 1_000;
const probe = script(`redis.call('SET', KEYS[1], '1', 'PX', 1000) return redis.call('GET', KEYS[1])`);

/**
 * One connection to Redis, or none. Without a connection a command fails at once; no command waits longer than `timeoutMs`.
 * After any failure the connection is closed, all its commands fail, and a new one is tried until Redis responds and accepts a
 * write. Why @redis/client: when a connection is closed it settles the commands in flight, and it reports why a connection
 * cannot be opened. ioredis (6.0) did neither.
 */
export class Redis {
  readonly #options: RedisOptions;
  readonly #listeners = new Set<() => void>();
  #client: Client | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #inFlight = 0;
  #hasToldAway = false;

  constructor(options: RedisOptions) {
    this.#options = options;
  }

  get isAway(): boolean {
    return this.#client === null;
  }

  /** Resolves when the first attempt to connect has succeeded or failed. */
  async start(): Promise<void> {
    await this.#connect();
  }

  /** Calls `listener` each time that a connection is open. */
  onBack(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Texts in the reply are Buffers. Throws RedisAway. */
  async run({ text, digest }: Script, keys: readonly string[], args: readonly Argument[] = []): Promise<unknown> {
    const rest = [String(keys.length), ...keys, ...args.map((it) => (typeof it === 'number' ? String(it) : it))];
    return this.#ask((client) => sendScript(client, text, digest, rest), keys);
  }

  /** Resolves with null if the key does not exist. Cheaper than a script. Throws RedisAway. */
  async get(key: string): Promise<string | null> {
    const reply = await this.#ask((client) => client.sendCommand<unknown>(['GET', key]), [key]);
    return Buffer.isBuffer(reply) ? reply.toString('latin1') : null;
  }

  async #ask(send: (client: Client) => Promise<unknown>, keys: readonly string[], isAgain = false): Promise<unknown> {
    const client = this.#client;
    if (client === null) throw new RedisAway('Redis is away.');
    const { timeoutMs } = this.#options;
    this.#inFlight += 1;
    try {
      return await inTime(send(client), timeoutMs);
    } catch (error) {
      if (!isAgain && ['WRONGTYPE', 'ERR'].includes(reasonOf(error))) {
        // Somebody else has written to our keys, so the command failed. We may delete them: our values may be lost at any time.
        await this.#ask((it) => it.sendCommand<unknown>(['DEL', ...keys]), keys, true);
        return await this.#ask(send, keys, true);
      }
      if (this.#client === client) this.#lose(reasonOf(error));
      throw new RedisAway('Redis is away.');
    } finally {
      this.#inFlight -= 1;
    }
  }

  /** Waits for commands in flight, such as the release of a lease, which other replicas would wait for. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (let turns = 0; this.#inFlight > 0 && turns < 50; turns += 1) await delay(this.#options.timeoutMs / 10);
    this.#drop();
  }

  async #connect(): Promise<void> {
    const client = open(this.#options.url);
    // Commands reject as well when the connection fails; this is for a connection without commands in flight.
    client.on('error', (error: unknown) => {
      if (this.#client === client) this.#lose(reasonOf(error));
    });
    try {
      await inTime(client.connect(), connectTimeoutMs);
      await inTime(sendScript(client, probe.text, probe.digest, ['1', 'hr-graph:probe']), this.#options.timeoutMs);
    } catch (error) {
      discard(client);
      this.#lose(reasonOf(error));
      return;
    }
    if (this.#isClosed) return discard(client);
    this.#client = client;
    if (this.#hasToldAway) this.#options.onBack();
    this.#hasToldAway = false;
    for (const listener of this.#listeners) listener();
  }

  #lose(reason: string): void {
    this.#drop();
    if (this.#isClosed) return;
    if (!this.#hasToldAway) this.#options.onAway(reason);
    this.#hasToldAway = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), betweenTriesMs * (0.5 + Math.random())).unref();
  }

  #drop(): void {
    if (this.#client !== null) discard(this.#client);
    this.#client = null;
  }
}

type Client = ReturnType<typeof open>;

const open = (url: string) =>
  createClient({
    url,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: { reconnectStrategy: false, connectTimeout: connectTimeoutMs },
    commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  });

async function sendScript(
  client: Client,
  text: string,
  digest: string,
  rest: readonly (string | Buffer)[],
): Promise<unknown> {
  try {
    return await client.sendCommand<unknown>(['EVALSHA', digest, ...rest]);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
    return await client.sendCommand<unknown>(['EVAL', text, ...rest]);
  }
}

function discard(client: Client): void {
  try {
    client.destroy();
  } catch {
    // The connection is closed already.
  }
}

class TookTooLong extends Error {}

/**
 * A reply that has arrived counts, even if this process was too busy to read it in time. Node runs timers before sockets, so
 * the timer waits for one more turn of the event loop.
 */
function inTime<T>(answer: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      setImmediate(() => setImmediate(() => reject(new TookTooLong(`no answer within ${ms} ms`))));
    }, ms);
    const settle = (end: () => void) => {
      clearTimeout(timer);
      end();
    };
    answer.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

/** The first word of Redis's error, such as OOM or WRONGPASS, or the system's code. Never an address. */
function reasonOf(error: unknown): string {
  if (error instanceof TookTooLong) return error.message;
  if (!(error instanceof Error)) return 'unknown cause';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return /^[A-Z]{2,}\b/.exec(error.message)?.[0] ?? 'the connection was closed';
}
