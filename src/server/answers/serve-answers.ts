import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import type { Viewer } from '../../../resolvers/context.ts';
import type { Authenticate } from '../authentication/authenticate.ts';
import { ageSince, asOf, type Outcome } from '../execution/outcome.ts';
import type { SpendAllowance } from '../limits/caller-allowance.ts';
import { shownIn } from '../shown-data.ts';
import type { AnswerCache, KeptAnswer } from './answer-cache.ts';
import { answerKey, lengthOfAnswerable } from './answer-key.ts';
import { captureBody } from './capture-body.ts';
import { peekBody } from './peek-body.ts';

export type AnsweringOptions = {
  answers: AnswerCache;
  authenticate: Authenticate;
  /** Throws where the caller has asked too much. */
  spendAllowance: SpendAllowance;
  /** What came of a request's operation. */
  outcomeOf: (request: IncomingMessage) => Outcome | undefined;
  /** Told of each answer that is served from here. */
  onServed: (answer: KeptAnswer, viewer: Viewer) => void;
};

/**
 * Serves what was answered a moment ago to callers who may see the same, ahead of the endpoint; and keeps what the
 * endpoint answers to who asks again. Whoever is not known, asks too much, or asks in an unusual way, is left to the endpoint, which knows
 * how to refuse.
 */
export function answering(endpoint: RequestListener, options: AnsweringOptions): RequestListener {
  const { answers, authenticate, spendAllowance, outcomeOf, onServed } = options;

  async function answerOrAsk(request: IncomingMessage, response: ServerResponse, length: number): Promise<void> {
    const body = await peekBody(request, length);
    const viewer = body === null ? null : await viewerOf(request);
    if (body === null || viewer === null) return endpoint(request, response);
    const text = body.toString('utf8');
    const key = answerKey(request, text, viewer);
    const kept = answers.recall(key);
    if (kept !== null && (await mayAsk(viewer))) {
      request.resume();
      onServed(kept, viewer);
      return send(kept, response);
    }
    giveParsed(request, text);
    if (answers.isWorthKeeping(key)) {
      captureBody(response, (bytes) => {
        const answer = answerOf(outcomeOf(request), response, bytes);
        if (answer !== null) answers.keep(key, answer);
      });
    }
    endpoint(request, response);
  }

  const viewerOf = async ({ headers }: IncomingMessage): Promise<Viewer | null> => {
    try {
      return await authenticate({ get: (name) => textOf(headers[name]) });
    } catch {
      return null;
    }
  };

  const mayAsk = async (viewer: Viewer): Promise<boolean> => {
    try {
      await spendAllowance(viewer);
      return true;
    } catch {
      return false;
    }
  };

  return (request, response) => {
    const length = lengthOfAnswerable(request);
    if (length === null) endpoint(request, response);
    else void answerOrAsk(request, response, length);
  };
}

/**
 * As Express's body parser leaves it, where the endpoint finds it: reading it anew would be by a stream. What is no JSON is
 * left to be found out there.
 */
function giveParsed(request: IncomingMessage, text: string): void {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) Object.assign(request, { body });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
}

function answerOf(outcome: Outcome | undefined, response: ServerResponse, body: Buffer): KeptAnswer | null {
  if (outcome === undefined || !outcome.isRepeatable || response.statusCode !== 200) return null;
  const { usage, disclosure, operation } = outcome;
  const { freshUntil, epoch } = usage;
  const shown = disclosure === undefined ? null : shownIn(disclosure);
  return { headers: lastingHeaders(response), body, asOf: asOf(usage), freshUntil, epoch, operation, shown };
}

/** Of the moment or of the connection; all others belong to the answer. */
const passing = ['age', 'connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'];

const lastingHeaders = (response: ServerResponse): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(response.getHeaders()).filter(([name]) => !passing.includes(name)));

function send({ headers, body, asOf: time }: KeptAnswer, response: ServerResponse): void {
  const age: OutgoingHttpHeaders = time === null ? {} : { age: String(ageSince(time)) };
  response.writeHead(200, { ...headers, ...age, 'content-length': body.length });
  response.end(body);
}

const textOf = (header: string | string[] | undefined): string | null =>
  header === undefined ? null : Array.isArray(header) ? header.join(', ') : header;
