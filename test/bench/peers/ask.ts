import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { saysFailed } from '../load/failure.ts';
import type { Running } from './running.ts';

export type Answer = {
  status: number;
  text: string;
  headers: Record<string, string | string[] | undefined>;
  /** From the question to the last byte. */
  ms: number;
  /** Not 200, or with GraphQL errors other than CONFLICT. */
  hasFailed: boolean;
};

const dispatcher = new Agent({ connections: 64, headersTimeout: 60_000, bodyTimeout: 60_000 });
const attemptEveryMs = 10;
const patienceMs = 60_000;

export async function ask(url: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
  const startedAt = performance.now();
  const response = await request(url, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.body.text();
  const hasFailed = response.statusCode !== 200 || saysFailed(text);
  return {
    status: response.statusCode,
    text,
    headers: response.headers,
    ms: performance.now() - startedAt,
    hasFailed,
  };
}

/** The first answer of a peer that may still be starting: asked again until it listens. */
export async function askFirst(peer: Running, body: string): Promise<Answer> {
  for (;;) {
    peer.cpuMs(); // throws, with what it complained of, when the peer has ended
    if (performance.now() - peer.startedAt > patienceMs) throw new Error('The peer never answered.');
    const answer = await ask(peer.url, body).catch(() => null);
    if (answer?.status === 200) return answer;
    await delay(attemptEveryMs);
  }
}
