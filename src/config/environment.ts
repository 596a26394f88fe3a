import { type Format, quote } from './formats.ts';
import { isMisspelt } from './misspelt.ts';

const secretName = /_(SECRET|TOKEN|KEY)$/;
/** What Kubernetes adds for a service that happens to be named like an upstream. */
const serviceLink = /_SERVICE_|_PORT(_|$)/;
const tellingPrefixLength = 10;

/**
 * Environment variables, and what is wrong with them: problems are collected, so that one start tells them all. Values
 * are trimmed, and blank counts as unset. The value of a secret is never part of a problem.
 */
export class Environment {
  readonly problems: string[] = [];
  /** What is accepted for now. */
  readonly warnings: string[] = [];
  readonly #values: Record<string, string | undefined>;
  readonly #known = new Set<string>();

  constructor(values: Record<string, string | undefined>) {
    this.#values = values;
  }

  isSet(name: string): boolean {
    return this.#textOf(name) !== undefined;
  }

  /** Undefined where the variable is unset, which is a problem if `whyNeeded` is given, or wrong, which always is one. */
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

  /** As `read`, by the variable's former name as well, which is a warning; two different values are a problem. */
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
   * A misspelt name must not pass for an unset one: what begins with one of `prefixes` or is a slip away from a name of ours
   * is a problem. To be called when everything has been read.
   */
  reportUnknown(prefixes: readonly string[]): void {
    const names = Object.keys(this.#values).filter((it) => !this.#known.has(it) && this.isSet(it));
    for (const name of names.filter((it) => !serviceLink.test(it)).toSorted()) {
      const misspelt = [...this.#known].find((it) => isMisspelt(name, it));
      const isOurs = misspelt !== undefined || prefixes.some((prefix) => name.startsWith(prefix));
      if (!isOurs) continue;
      const similar = misspelt === undefined ? this.#namesThatBeginLike(name) : [misspelt];
      this.report(name, `no such variable${similar.length === 1 ? `; is ${similar[0]} meant?` : ''}`);
    }
  }

  #namesThatBeginLike(name: string): string[] {
    const beginning = name.slice(0, tellingPrefixLength);
    return [...this.#known].filter((it) => it.slice(0, tellingPrefixLength) === beginning);
  }

  #textOf(name: string): string | undefined {
    return this.#values[name]?.trim() || undefined;
  }
}
