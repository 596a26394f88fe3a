import { type Format, quote } from './formats.ts';
import { isLoopback } from './loopback.ts';

/** Where a credential or a signature could hide in an address; an address with one of these is not shown. */
const revealing = /[@?#]/;

/** The address of an API, with a path or without one; the text itself. */
export const webAddress: Format<string> = (text) => {
  const got = revealing.test(text) ? 'something else' : quote(text);
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (url === null) return { expected: 'an address that begins with https://', got };
  if (url.username !== '' || url.password !== '') {
    return { expected: 'an address without credentials', got: 'one with them' };
  }
  if (/[?#]/.test(text)) return { expected: 'an address without query and fragment', got: 'one with them' };
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, ''))) {
    return { expected: 'https (over plain http, tokens can be read on the way; only loopback may use it)', got };
  }
  return { value: text };
};
