/** The two notations of the `filter` parameter in Ctrl Hub's newer endpoints. */
export type FilterDialect = 'named' | 'operator';

export type FilterName = 'user' | 'role' | 'type';

type Notation = {
  oneOf: (name: FilterName, values: readonly string[]) => string;
  /** Values that the notation cannot express, or that a server might misread. */
  inexpressible: RegExp;
};

/**
 * `named`: user('a','b'), with ' inside a value written as \'. How a backslash in a value is read is not documented, so
 * none is sent: read as an escape it would find other rows, or none. `operator`: in(user,[a,b]), without quotes, so a
 * value must not look like notation. (Ctrl Hub SDK for Kotlin: FilterExpression and NewFilterExpressions.)
 */
const notations: Record<FilterDialect, Notation> = {
  named: {
    oneOf: (name, values) => `${name}(${values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(',')})`,
    inexpressible: /\\/,
  },
  operator: {
    oneOf: (name, values) => (values.length === 1 ? `eq(${name},${values[0]})` : `in(${name},[${values.join(',')}])`),
    inexpressible: /[,()[\]'"`\\\p{Cc}]|^(null|true|false)$/iu,
  },
};

/** Longest encoded value. A longer one could push the request head towards the 8 KB that proxies allow. */
const maxValueBytes = 500;

/** Whether a filter can express the value. If not, the rows have to be compared here. */
export const canFilterBy = (value: string, dialect: FilterDialect): boolean =>
  value.isWellFormed() && encode(value).length <= maxValueBytes && !notations[dialect].inexpressible.test(value);

/** The percent-encoded value of `filter`; '' without conditions, which means no filter. */
export function writeFilter(
  conditions: readonly (readonly [FilterName, readonly string[]])[],
  dialect: FilterDialect,
): string {
  const written = conditions.map(([name, values]) => notations[dialect].oneOf(name, values));
  return encode(written.length > 1 ? `and(${written.join(',')})` : written.join());
}

/** encodeURIComponent keeps ', but some proxies encode it. */
const encode = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');
