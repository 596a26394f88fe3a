import { isLoopback, unbracketed } from '../http/loopback.ts';
import { type Format, quote } from './formats.ts';

/** Characters that may introduce a credential or a signature. An address with one of them is not shown. */
const revealing = /[@?#]/;

/** The address of an API, with or without a path. The text is kept as it is. */
export const webAddress: Format<string> = (text) => {
  const parsed = safeAddress(text);
  if (!('value' in parsed) || !/[?#]/.test(text)) return parsed;
  return { expected: 'an address without query and fragment', got: 'one with them' };
};

/** Origins separated by commas, each exactly as browsers send it: scheme, host, and a port unless it is the default. */
export const webOrigins: Format<readonly string[]> = (text) => {
  const origins = text.split(',').map((part) => part.trim());
  const wrong = origins.find((origin) => !/^https?:/.test(origin) || URL.parse(origin)?.origin !== origin);
  if (wrong === undefined) return { value: origins };
  return {
    expected: 'a comma list of origins such as https://people.example, without a path',
    got: revealing.test(wrong) ? 'something else' : quote(wrong),
  };
};

/** Like `webAddress`, but with an optional query, because some issuers publish their keys at such an address. */
export const safeAddress: Format<string> = (text) => {
  const got = revealing.test(text) ? 'something else' : quote(text);
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null;
  if (url === null) return { expected: 'an address that begins with https://', got };
  if (url.username !== '' || url.password !== '') {
    return { expected: 'an address without credentials', got: 'one with them' };
  }
  if (url.protocol === 'http:' && !isLoopback(unbracketed(url.hostname))) {
    return { expected: 'https (over plain http, tokens can be read on the way; only loopback may use it)', got };
  }
  return { value: text };
};
