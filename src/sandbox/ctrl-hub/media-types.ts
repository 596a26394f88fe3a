import type { IncomingHttpHeaders } from 'node:http';
import { jsonApiMediaType, Problem } from './problems.ts';

/**
 * Refuses with 415 a request body that is neither application/vnd.api+json nor, unless `strict`, application/json. Also
 * refuses application/vnd.api+json with parameters other than ext and profile (JSON:API: content negotiation).
 */
export function checkContentType({ 'content-type': sent = '' }: IncomingHttpHeaders, strict: boolean): void {
  const essence = essenceOf(sent);
  const isAccepted =
    essence === jsonApiMediaType ? !hasForeignParameter(sent) : essence === 'application/json' && !strict;
  if (!isAccepted) {
    throw new Problem(415, { title: 'Unsupported media type', detail: `Send ${jsonApiMediaType}, not "${sent}".` });
  }
}

/** Refuses with 406 if every application/vnd.api+json in Accept has an unknown parameter. */
export function checkAccept({ accept = '' }: IncomingHttpHeaders): void {
  const jsonApiTypes = splitOutsideQuotes(accept, ',').filter((type) => essenceOf(type) === jsonApiMediaType);
  if (jsonApiTypes.length > 0 && jsonApiTypes.every(hasForeignParameter)) {
    throw new Problem(406, { title: 'Not acceptable', detail: `Accept ${jsonApiMediaType} without parameters.` });
  }
}

/** The media type without its parameters, in lower case. */
export const essenceOf = (mediaType: string): string => (mediaType.split(';')[0] ?? '').trim().toLowerCase();

function hasForeignParameter(mediaType: string): boolean {
  const names = splitOutsideQuotes(mediaType, ';').slice(1).map(parameterName);
  // q is a weight of Accept, not part of the media type.
  return names.some((name) => !['ext', 'profile', 'q'].includes(name));
}

const parameterName = (parameter: string): string => (parameter.split('=')[0] ?? '').trim().toLowerCase();

const splitOutsideQuotes = (text: string, separator: ',' | ';'): string[] =>
  text.split(new RegExp(`${separator}(?=(?:[^"]*"[^"]*")*[^"]*$)`));
