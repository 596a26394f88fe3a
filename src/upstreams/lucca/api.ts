import { createHttpClient, type HttpRequest, type HttpResponse } from '../../http/client.ts';
import { invalidResponse } from '../../http/json.ts';
import type { UpstreamMonitor } from '../../http/monitor.ts';
import { type ClientCredentials, createAccessTokens } from './access-tokens.ts';
import { EtagMemory, type Remembered } from './etag-memory.ts';
import { ExpiredPageError } from './expired-page-error.ts';
import { type Asked, failureOf } from './failure.ts';
import { readProblem } from './problem.ts';

export type LuccaApiConfig = ClientCredentials & { baseUrl: string; apiVersion: string };

/** `read` turns a body into a value, or throws. `whenMissing` is the answer where a 404 is one. */
export type LuccaQuestion<T> = Asked & {
  /** Below the base URL, encoded, with the query. */
  path: string;
  read: (text: string) => T;
  whenMissing?: () => T;
  ifMatch?: string | undefined;
  /** The query names a page token, which may have expired. */
  isLaterPage?: boolean;
};

export type LuccaApi = {
  get<T>(question: LuccaQuestion<T>): Promise<T>;
  /** Drops the remembered bodies; answers that are under way are not remembered either. */
  forget(): void;
  close(): Promise<void>;
};

const concurrency = 4;
const headerValue = /^[\x20-\x7e\x80-\xff]+$/;

/**
 * Conditional, authorised GETs of one tenant. A token that the API refuses is renewed, and the question repeated, once.
 * Bodies are remembered with their weak ETags, which go back as they came, in quotes or not (Lucca docs: cache).
 */
export function createLuccaApi(config: LuccaApiConfig, monitor: UpstreamMonitor): LuccaApi {
  const http = createHttpClient({
    upstream: 'LUCCA',
    origin: config.baseUrl,
    monitor,
    concurrency,
    network: config.network,
  });
  const basePath = new URL(config.baseUrl).pathname.replace(/\/+$/, '');
  const tokens = createAccessTokens(config, monitor);
  let memory = new EtagMemory();

  async function get<T>(question: LuccaQuestion<T>, isRepeat = false): Promise<T> {
    const token = await tokens.current();
    const kept = memory;
    const remembered = question.ifMatch === undefined ? kept.recall(question.path) : undefined;
    const answer = await http.send<{ value: T } | 'token refused'>({
      isSafe: true,
      prepare: () => requestOf(question, token, remembered),
      read: (response) => {
        if (response.status === 401 && !isRepeat) return 'token refused';
        return { value: answerOf(response, question, kept, remembered) };
      },
    });
    if (answer !== 'token refused') return answer.value;
    tokens.reject(token);
    return get(question, true);
  }

  function requestOf<T>({ path, ifMatch }: LuccaQuestion<T>, token: string, remembered?: Remembered): HttpRequest {
    return {
      method: 'GET',
      target: `${basePath}/${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        'api-version': config.apiVersion,
        accept: 'application/json',
        'accept-encoding': 'gzip, br',
        ...(remembered === undefined ? {} : { 'if-none-match': remembered.etag }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
    };
  }

  function answerOf<T>(
    response: HttpResponse,
    question: LuccaQuestion<T>,
    kept: EtagMemory,
    remembered?: Remembered,
  ): T {
    if (response.status === 200) return readFresh(response, question, kept);
    if (response.status === 304) {
      if (remembered !== undefined) return question.read(remembered.text);
      throw invalidResponse(
        { upstream: 'LUCCA', subject: question.subject },
        `${question.subject}: got HTTP 304 (not modified) without having sent an ETag.`,
      );
    }
    if (response.status === 404 && question.whenMissing !== undefined) return question.whenMissing();
    if (response.status === 400 && question.isLaterPage && readProblem(response.text).fields.includes('page')) {
      throw new ExpiredPageError();
    }
    throw failureOf(response, question);
  }

  function readFresh<T>({ headers, text }: HttpResponse, { path, read }: LuccaQuestion<T>, kept: EtagMemory): T {
    kept.forget(path);
    const value = read(text);
    const etag = headers.get('etag');
    if (etag !== null && headerValue.test(etag)) kept.remember(path, { etag, text });
    return value;
  }

  return {
    get: (question) => get(question),
    forget: () => {
      memory = new EtagMemory();
    },
    close: async () => {
      await Promise.all([http.close(), tokens.close()]);
    },
  };
}
