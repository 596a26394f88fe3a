/** The two notations of Ctrl Hub's `filter` parameter that newer endpoints take. */
export type FilterDialect = 'named' | 'operator';

export type FilterName = 'user' | 'role' | 'type';

type Notation = {
  oneOf: (name: FilterName, values: readonly string[]) => string;
  /** What the notation cannot say, or what a server might read as something else. */
  unspeakable: RegExp;
};

/**
 * `named`: user('a','b'), with ' inside a value written as \'. Nothing is said about a backslash in a value, so that
 * one is never sent: read as an escape it would find other rows, or none.
 * `operator`: in(user,[a,b]), where nothing is quoted, so that a value must not look like notation.
 * (Ctrl Hub SDK for Kotlin: FilterExpression and NewFilterExpressions.)
 */
const notations: Record<FilterDialect, Notation> = {
  named: {
    oneOf: (name, values) => `${name}(${values.map((it) => `'${it.replaceAll("'", "\\'")}'`).join(',')})`,
    unspeakable: /\\/,
  },
  operator: {
    oneOf: (name, values) => (values.length === 1 ? `eq(${name},${values[0]})` : `in(${name},[${values.join(',')}])`),
    unspeakable: /[,()[\]'"`\\\p{Cc}]|^(null|true|false)$/iu,
  },
};

/** A text beyond this many encoded bytes would push the request's head towards the 8 KB that proxies allow. */
const maxValueBytes = 500;

/** Whether Ctrl Hub can be asked for the value; if not, we have to compare for ourselves. */
export const canAskFor = (value: string, dialect: FilterDialect): boolean =>
  value.isWellFormed() && encode(value).length <= maxValueBytes && !notations[dialect].unspeakable.test(value);

/** The percent-encoded value of `filter`; '' without conditions, which is no filter. */
export function writeFilter(
  conditions: readonly (readonly [FilterName, readonly string[]])[],
  dialect: FilterDialect,
): string {
  const written = conditions.map(([name, values]) => notations[dialect].oneOf(name, values));
  return encode(written.length > 1 ? `and(${written.join(',')})` : written.join());
}

/** encodeURIComponent leaves ' as it is, which some proxies do not. */
const encode = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');
