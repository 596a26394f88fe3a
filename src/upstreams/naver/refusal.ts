import { z } from 'zod';
import { tryParseJson } from '../../http/json.ts';
import { withoutEnvelope } from './wire.ts';

/**
 * The content of a response other than 200. The gateway in front of the service uses `errorCode`s, the service negative
 * `code`s, and any proxy between them its own format.
 */
export type Refusal =
  | { layer: 'gateway'; errorCode: string; message: string; details: string }
  | { layer: 'service'; code: number; message: string }
  | { layer: 'unknown'; opening: string };

const openingLength = 80;

/**
 * Detects the layer by the shape of the body; accepts any text, even an empty one. Source: Ncloud API, common error
 * codes, where errorCode is an Integer in the table and a string in the sample, within `error`; other services of the
 * gateway send it flat. NAVER, Job grade v2: response example of an error.
 */
export function readRefusal(text: string): Refusal {
  return tryParseJson(text, refusal) ?? { layer: 'unknown', opening: openingOf(text) };
}

const words = z.string().catch('');

const gatewayFields = { message: words, details: words };
const errorCode = z.union([z.string(), z.number()]).transform((code) => String(code).trim());

const wholeNumber = z.union([z.number(), z.string().regex(/^-?\d+$/)]).transform(Number);

const wrapped = z
  .object({ error: z.object({ errorCode: errorCode.catch(''), ...gatewayFields }) })
  .transform(({ error }) => ({ layer: 'gateway' as const, ...error }));

const flat = z.object({ errorCode, ...gatewayFields }).transform((error) => ({ layer: 'gateway' as const, ...error }));

const service = z
  .object({ status: z.union([z.number(), z.string()]), code: wholeNumber, message: words })
  .transform(({ code, message }) => ({ layer: 'service' as const, code, message }));

const refusal = z.preprocess(withoutEnvelope, z.union([wrapped, flat, service]));

/**
 * The first characters of a body that is not JSON (a proxy's page). JSON of an unknown shape is not quoted, because it
 * can hold personal data.
 */
function openingOf(text: string): string {
  if (text.trim() === '') return 'an empty body';
  if (tryParseJson(text, z.unknown()) !== null) return 'JSON of an unknown shape';
  return `a body that begins "${text.slice(0, openingLength)}"`;
}
