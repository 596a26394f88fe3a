import { randomUUID } from 'node:crypto';
import type { Reply } from '../emulator.ts';

export const jsonApiMediaType = 'application/vnd.api+json';

/** One member of errors[]; `status` is added as text, `id` is a new uuid. */
export type ErrorObject = {
  title: string;
  detail?: string;
  source?: { parameter: string };
  meta?: Record<string, unknown>;
};

/** Ends a request with an error document. Thrown anywhere below the emulator's entry. */
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

/** 400 that tells which parameter, and what was sent (Ctrl Hub docs: the error sample of a bad include). */
export const invalidParameter = (parameter: string, sent: string, detail: string): Problem =>
  new Problem(400, { title: 'Invalid parameter', detail, source: { parameter }, meta: { resource: sent } });

/**
 * The whole error document: errors, jsonapi and an empty meta (Ctrl Hub docs: useful information); or one error, bare,
 * as a sample shows it (people teams).
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
 * What Ctrl Hub says of a failure of its own: nothing but a trace id (Ctrl Hub docs: useful information). To be
 * injected as a fault's reply.
 */
export const internalError = (): Reply => ({ status: 500, headers: { 'x-trace-id': randomUUID() } });
