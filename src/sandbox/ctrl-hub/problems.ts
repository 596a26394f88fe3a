import { randomUUID } from 'node:crypto';
import type { Reply } from '../emulator.ts';

export const jsonApiMediaType = 'application/vnd.api+json';

/** One entry of errors[]. `status` is added as text, and `id` is a new uuid. */
export type ErrorObject = {
  title: string;
  detail?: string;
  source?: { parameter: string };
  meta?: Record<string, unknown>;
};

/** Thrown to end a request with an error document. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly errors: readonly ErrorObject[];
  readonly headers: Record<string, string>;

  constructor(status: number, errors: ErrorObject | readonly ErrorObject[], headers: Record<string, string> = {}) {
    super(`Ctrl Hub answers ${status}`);
    this.status = status;
    this.errors = [errors].flat();
    this.headers = headers;
  }
}

/** A 400 that names the parameter and its value (Ctrl Hub docs: the error sample of a bad include). */
export const invalidParameter = (parameter: string, sent: string, detail: string): Problem =>
  new Problem(400, { title: 'Invalid parameter', detail, source: { parameter }, meta: { resource: sent } });

/**
 * The error document: errors, jsonapi and an empty meta (Ctrl Hub docs: useful information), or a single bare error as in one
 * sample (people teams).
 */
export function problemReply(
  { status, errors, headers }: Problem,
  jsonapiVersion: string,
  shape: 'list' | 'bare' = 'list',
): Reply {
  const shown = errors.map((error) => ({ id: randomUUID(), status: String(status), ...error }));
  const whole = { errors: shown, jsonapi: { version: jsonapiVersion }, meta: {} };
  return {
    status,
    headers: { 'content-type': jsonApiMediaType, ...headers },
    body: shape === 'bare' ? shown[0] : whole,
  };
}

/**
 * Ctrl Hub's reply to its own failure: only a trace id (Ctrl Hub docs: useful information). Inject it as the reply of a
 * fault.
 */
export const internalError = (): Reply => ({ status: 500, headers: { 'x-trace-id': randomUUID() } });
