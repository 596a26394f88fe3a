import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** What came of a request: its response, or why there was none. */
export type Outcome = { status: number; text: string } | { lost: string };

const kept = new Agent({ keepAlive: true, maxSockets: 64 });
const patienceMs = 60_000;

/** Asks by POST, on a connection that is kept for others or on a new one. */
export function ask(url: string, body: string, on: 'new' | 'kept'): Promise<Outcome> {
  return new Promise((resolve) => {
    const lose = (error: Error) => resolve({ lost: error.message });
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { method: 'POST', headers, agent: on === 'kept' ? kept : false, timeout: patienceMs };
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text: String(Buffer.concat(chunks)) }));
      response.once('error', lose);
    });
    sent.once('error', lose);
    sent.once('timeout', () => sent.destroy(new Error(`no answer within ${patienceMs / 1000} s`)));
    sent.end(body);
  });
}

/**
 * Begins `perSecond` a second, each on time whether or not earlier ones have ended, until `isOver`. Resolves with how many
 * there were, when all have ended.
 */
export async function atRate(
  perSecond: number,
  isOver: () => boolean,
  begin: (index: number, dueAt: number) => Promise<void>,
): Promise<number> {
  const running: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let index = 0; !isOver(); index += 1) {
    const dueAt = startedAt + (index * 1000) / perSecond;
    const wait = dueAt - performance.now();
    if (wait > 0) await delay(wait);
    running.push(begin(index, dueAt));
  }
  await Promise.all(running);
  return running.length;
}
