import { GraphQLError } from 'graphql';
import { toLocale } from '../src/domain/locale.ts';
import { toEmailAddress } from '../src/domain/text.ts';
import { toDate, toUtcDateTime } from '../src/domain/time.ts';
import { builder } from './builder.ts';

/** The error names the expected form. It does not quote the value, which may be personal data. */
function expected(what: string, value: unknown): GraphQLError {
  const got = typeof value === 'string' ? `another text of ${value.length} characters` : typeof value;
  return new GraphQLError(`Expected ${what}, got ${got}.`, { extensions: { code: 'BAD_USER_INPUT' } });
}

function textScalar(parse: (text: string) => string | null, what: string): (value: unknown) => string {
  return (value) => {
    const parsed = typeof value === 'string' ? parse(value) : null;
    if (parsed === null) throw expected(what, value);
    return parsed;
  };
}

builder.scalarType('DateTime', {
  description:
    'RFC 3339 in UTC, with as many fractional digits as the owning upstream sends: `2026-01-23T12:45:23.1234Z`.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  serialize: (value) => value,
  parseValue: textScalar(toUtcDateTime, 'a date-time such as 2026-01-23T12:45:23Z'),
});

builder.scalarType('Date', {
  description: 'A day: `YYYY-MM-DD`.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  serialize: (value) => value,
  parseValue: textScalar(toDate, 'a date such as 2026-01-23'),
});

builder.scalarType('EmailAddress', {
  description:
    'An e-mail address. Responses spell it as the leading upstream does. In arguments, letter case is ignored.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc6531#section-3.3',
  serialize: (value) => value,
  parseValue: textScalar(toEmailAddress, 'an e-mail address'),
});

builder.scalarType('Locale', {
  description:
    'A BCP 47 language tag in any letter case: `ko-KR`, `fr`. The forms of the upstreams (`ko_KR`) are accepted as well.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc5646#section-2.1',
  serialize: (value) => value,
  parseValue: textScalar(toLocale, 'a language tag such as ko-KR'),
});
