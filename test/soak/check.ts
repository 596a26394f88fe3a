import { z } from 'zod';
import { assignmentNumber, type History, splitName, type Window } from './history.ts';
import type { Read } from './operations.ts';

export type Verdict = 'right' | 'told' | { wrong: string };

const answerShape = z.object({
  data: z.record(z.string(), z.unknown()),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).default([]),
        extensions: z.object({ code: z.string() }),
      }),
    )
    .default([]),
  extensions: z
    .object({ upstreams: z.record(z.string(), z.object({ asOf: z.string(), failure: z.string().optional() })) })
    .optional(),
});
type Answer = z.infer<typeof answerShape>;

/** Failures of an upstream that an answer tells of, in place of data. */
const toldCodes = ['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT', 'UPSTREAM_RATE_LIMITED'];
const record = z.record(z.string(), z.unknown());

export type CheckOptions = { history: History; receivedAt: number /** CACHE_FRESH_SECONDS. */; freshSeconds: number };

/**
 * Compares an answer with the truth at the start and with what was written since: a value has to have been true at some
 * moment between the one that the answer states for its upstream (`asOf`) and its arrival. `told`: parts are missing, each
 * with an error that names an upstream's failure, and the rest is right.
 */
export function check(text: string, read: Read, options: CheckOptions): Verdict {
  const parsed = answerShape.safeParse(JSON.parse(text));
  if (!parsed.success) return { wrong: text.slice(0, 300) };
  const { data, errors } = parsed.data;
  const failures = errors.filter((it) => it.extensions.code !== 'CONFLICT');
  const unknown = failures.find((it) => !toldCodes.includes(it.extensions.code));
  if (unknown !== undefined) return { wrong: `${unknown.extensions.code}: ${unknown.message}` };
  const comparison = new Comparison(parsed.data, read, options);
  const wrong = comparison.tooOld() ?? comparison.compare(data, read.expected, '') ?? comparison.missing(data);
  if (wrong !== null) return { wrong };
  return failures.length === 0 ? 'right' : 'told';
}

/** Multiples of CACHE_FRESH_SECONDS for which lists serve; see the README on freshness. */
const multiples = { known: 20, failing: 240 };
const slackMs = 15_000;

class Comparison {
  readonly #answer: Answer;
  readonly #read: Read;
  readonly #options: CheckOptions;
  readonly #holes: string[];
  readonly #seen = new Set<number>();

  constructor(answer: Answer, read: Read, options: CheckOptions) {
    this.#answer = answer;
    this.#read = read;
    this.#options = options;
    this.#holes = answer.errors.map((it) => `/${it.path.join('/')}`);
  }

  #window(upstream: string): Window {
    const asOf = this.#answer.extensions?.upstreams[upstream]?.asOf;
    const { receivedAt } = this.#options;
    return { from: asOf === undefined ? receivedAt : Date.parse(asOf), until: receivedAt };
  }

  tooOld(): string | null {
    for (const [upstream, { asOf, failure }] of Object.entries(this.#answer.extensions?.upstreams ?? {})) {
      const age = this.#options.receivedAt - Date.parse(asOf);
      const windowMs = multiples[failure === undefined ? 'known' : 'failing'] * this.#options.freshSeconds * 1000;
      if (age > windowMs + slackMs) return `${upstream} is ${Math.round(age / 1000)} s old`;
    }
    return null;
  }

  /** What is expected has to be there, or an error in its place. What else is there is not looked at. */
  compare(found: unknown, expected: unknown, path: string): string | null {
    if (found === null && expected !== null && this.#isHole(path)) return null;
    if (Array.isArray(expected)) return this.#compareLists(found, expected, path);
    if (typeof expected !== 'object' || expected === null) return this.#compareValues(found, expected, path);
    const parsed = record.safeParse(found);
    if (!parsed.success) return `${path} is ${JSON.stringify(found)}`;
    const members = this.#withoutAdded(parsed.data, path);
    for (const [name, member] of Object.entries(expected)) {
      const wrong = this.compare(members[name], member, `${path}/${name}`);
      if (wrong !== null) return wrong;
    }
    return null;
  }

  /** Where an error took the place of this, or of something within that may not be null. */
  #isHole = (path: string): boolean => this.#holes.some((it) => it === path || it.startsWith(`${path}/`));

  /** Assignments that were made meanwhile are taken out of a connection and its count, and looked at by themselves. */
  #withoutAdded(members: Record<string, unknown>, path: string): Record<string, unknown> {
    const { nodes, totalCount } = members;
    if (!Array.isArray(nodes) || !/\/(jobRoleA|a)ssignments$/.test(path)) return members;
    const kept = nodes.filter((it) => {
      const number = assignmentNumber(record.parse(it).type);
      if (number !== null) this.#seen.add(number);
      return number === null;
    });
    const added = nodes.length - kept.length;
    return { ...members, nodes: kept, ...(typeof totalCount === 'number' && { totalCount: totalCount - added }) };
  }

  #compareLists(found: unknown, expected: readonly unknown[], path: string): string | null {
    if (!Array.isArray(found) || found.length !== expected.length) {
      return `${path} has ${Array.isArray(found) ? found.length : String(found)} in place of ${expected.length}`;
    }
    for (const [index, member] of expected.entries()) {
      const wrong = this.compare(found[index], member, `${path}/${index}`);
      if (wrong !== null) return wrong;
    }
    return null;
  }

  #compareValues(found: unknown, expected: unknown, path: string): string | null {
    if (found === expected) {
      const isGrade = typeof found === 'string' && /\/(grade|grades\/nodes\/\d+)\/name$/.test(path);
      return isGrade ? this.#compareNames(found, found, path) : null;
    }
    if (typeof found === 'string' && typeof expected === 'string') return this.#compareNames(found, expected, path);
    return `${path} is ${JSON.stringify(found)} in place of ${JSON.stringify(expected)}`;
  }

  #compareNames(found: string, expected: string, path: string): string | null {
    const { base, number } = splitName(found);
    if (base !== expected) return `${path} is ${found} in place of ${expected}`;
    const window = this.#window('NAVER');
    if (this.#options.history.hadName(base, number, window)) return null;
    return `${path} is ${found}, which it was not between ${new Date(window.from).toISOString()} and ${new Date(window.until).toISOString()}`;
  }

  /** Assignments that were there before the answer's data was read have to be in it. Others may be, once they are made. */
  missing(data: Record<string, unknown>): string | null {
    const made = this.#options.history.assignments(this.#window('CTRL_HUB'));
    const tooEarly = [...this.#seen].find((number) => !made.some((it) => it.number === number));
    if (tooEarly !== undefined) return `assignment ${tooEarly} is shown, and was not made`;
    if (this.#holes.length > 0 && Object.values(data).includes(null)) return null;
    const isShownHere = this.#holes.filter((it) => /ssignments/.test(it)).length === 0;
    if (!isShownHere) return null;
    const old = made.filter((it) => it.isOld && this.#read.users.includes(it.userId));
    const absent = old.find((it) => !this.#seen.has(it.number));
    return absent === undefined ? null : `assignment ${absent.number} is missing`;
  }
}
