import { type Format, quote } from './formats.ts';
import { isMisspelt } from './misspelt.ts';

const secretName = /_(SECRET|TOKEN|KEY)$/;
/** Kubernetes adds such variables for a service whose name resembles an upstream. */
const serviceLink = /_SERVICE_|_PORT(_|$)/;
const distinctivePrefixLength = 10;

/**
 * Reads environment variables and collects their problems, so that one start reports all of them. Values are trimmed, and a
 * blank value counts as unset. No problem contains the value of a secret.
 */
export class Environment {
  readonly problems: string[] = [];
  /** Settings that still work but should be changed. */
  readonly warnings: string[] = [];
  readonly #values: Record<string, string | undefined>;
  readonly #known = new Set<string>();

  constructor(values: Record<string, string | undefined>) {
    this.#values = values;
  }

  isSet(name: string): boolean {
    return this.#textOf(name) !== undefined;
  }

  /** Undefined if the variable is unset or wrong. A wrong value is a problem; an unset one is, if `whyNeeded` is given. */
  read<T>(name: string, format: Format<T>, whyNeeded: string | null = null): T | undefined {
    this.#known.add(name);
    const text = this.#textOf(name);
    if (text === undefined) {
      if (whyNeeded !== null) this.report(name, `expected a value, got none (${whyNeeded})`);
      return undefined;
    }
    const parsed = format(text);
    if ('value' in parsed) return parsed.value;
    const got = parsed.got ?? (secretName.test(name) ? 'something else' : quote(text));
    this.report(name, `expected ${parsed.expected}, got ${got}`);
    return undefined;
  }

  /** Like `read`, but also accepts the variable's former name, with a warning. Two different values are a problem. */
  readRenamed<T>(name: string, formerName: string, format: Format<T>, whyNeeded: string | null = null): T | undefined {
    const isFormer = this.isSet(formerName);
    if (isFormer && this.isSet(name) && this.#textOf(name) !== this.#textOf(formerName)) {
      this.report(formerName, `expected no value, because ${name}, its new name, has another`);
    } else if (isFormer) {
      this.warnings.push(`${formerName}: call it ${name}; the next release no longer knows the old name`);
    }
    const former = this.read(formerName, format);
    return this.read(name, format, isFormer ? null : whyNeeded) ?? former;
  }

  report(name: string, problem: string): void {
    this.problems.push(`${name}: ${problem}`);
  }

  /**
   * Reports misspelt names, which would otherwise count as unset: unknown names that begin with one of `prefixes`, or that
   * differ by one letter from a known name. Call it after all variables have been read.
   */
  reportUnknown(prefixes: readonly string[]): void {
    const names = Object.keys(this.#values).filter((name) => !this.#known.has(name) && this.isSet(name));
    for (const name of names.filter((unknown) => !serviceLink.test(unknown)).toSorted()) {
      const misspelt = [...this.#known].find((known) => isMisspelt(name, known));
      const isOurs = misspelt !== undefined || prefixes.some((prefix) => name.startsWith(prefix));
      if (!isOurs) continue;
      const similar = misspelt === undefined ? this.#namesThatBeginLike(name) : [misspelt];
      this.report(name, `no such variable${similar.length === 1 ? `; is ${similar[0]} meant?` : ''}`);
    }
  }

  #namesThatBeginLike(name: string): string[] {
    const beginning = name.slice(0, distinctivePrefixLength);
    return [...this.#known].filter((known) => known.slice(0, distinctivePrefixLength) === beginning);
  }

  #textOf(name: string): string | undefined {
    return this.#values[name]?.trim() || undefined;
  }
}
