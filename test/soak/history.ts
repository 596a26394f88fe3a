import type { Company } from '../../src/sandbox/company/data.ts';

/** What is written, as it is seen in answers: a number behind the name of a grade, or in the type of an assignment. */
export const numbered = (name: string, number: number): string => `${name} #${number}`;
export const assignmentType = (number: number): string => `soak-${number}`;

const numberedName = /^(.*) #(\d+)$/;
export const splitName = (name: string): { base: string; number: number } => {
  const [, base = name, digits = '0'] = numberedName.exec(name) ?? [];
  return { base, number: Number(digits) };
};
export const assignmentNumber = (type: unknown): number | null => {
  const digits = /^soak-(\d+)$/.exec(String(type))?.[1];
  return digits === undefined ? null : Number(digits);
};

/** Between the clocks of two processes of one machine. */
const toleranceMs = 100;

export type Window = { from: number; until: number };

/** A write that was acknowledged: when it was sent, and when the acknowledgement came. */
export type Acknowledged = { number: number } & Window;

/**
 * When the emulators had which value. Names of grades are watched in the rows of the emulator, which replaces what is in
 * them; assignments say themselves when they were made.
 */
export function watchHistory({ naver, ctrlHub }: Company) {
  const names = new Map<string, { number: number; since: number }[]>();
  for (const row of naver.grades) {
    let current = row.name;
    const values = [{ number: 0, since: 0 }];
    names.set(row.name, values);
    Object.defineProperty(row, 'name', {
      enumerable: true,
      get: () => current,
      set: (name: string) => {
        if (name !== current) values.push({ number: splitName(name).number, since: Date.now() });
        current = name;
      },
    });
  }

  const atStart = ctrlHub.assignments.length;
  const made = () => ctrlHub.assignments.slice(atStart);
  const acknowledged = new Map<number, Acknowledged>();
  const acknowledgedBefore = (number: number | null, moment: number): Acknowledged | null => {
    const found = number === null ? undefined : acknowledged.get(number);
    return found === undefined || found.until >= moment ? null : found;
  };

  return {
    acknowledge(number: number, window: Window): void {
      acknowledged.set(number, { number, ...window });
    },
    /** The last write of a name that was acknowledged before, and whether the name with `number` is that or a later one. */
    nameSince(base: string, number: number, moment: number): { write: Acknowledged; isShown: boolean } | null {
      const numbers = (names.get(base) ?? []).map((it) => it.number);
      const at = numbers.findLastIndex((it) => acknowledgedBefore(it, moment) !== null);
      const write = acknowledgedBefore(numbers[at] ?? null, moment);
      return write && { write, isShown: numbers.lastIndexOf(number) >= at };
    },
    /** The writes of users' assignments that were acknowledged before. */
    assignmentsSince: (users: readonly string[], moment: number): Acknowledged[] =>
      made().flatMap(({ type, userId }) => {
        const write = acknowledgedBefore(assignmentNumber(type), moment);
        return write !== null && users.includes(userId) ? [write] : [];
      }),
    /** Whether the grade with this name at first had this number at some moment of the window. */
    hadName(base: string, number: number, { from, until }: Window): boolean {
      const values = names.get(base) ?? [];
      return values.some((value, index) => {
        const end = values[index + 1]?.since ?? Number.POSITIVE_INFINITY;
        return value.number === number && value.since <= until + toleranceMs && end >= from - toleranceMs;
      });
    },
    /** How often each number was written, of names and assignments. */
    timesWritten: (number: number): number =>
      [...names.values()].flat().filter((it) => it.number === number).length +
      made().filter((it) => it.type === assignmentType(number)).length,
    /** Of the assignments that were made here: whether it must be shown by an answer of this window, and whether it may. */
    assignments: ({ from, until }: Window) =>
      made().flatMap(({ type, userId, createdAt }) => {
        const number = assignmentNumber(type);
        const at = Date.parse(createdAt);
        if (number === null || at > until + toleranceMs) return [];
        return [{ number, userId, isOld: at < from - toleranceMs }];
      }),
  };
}

export type History = ReturnType<typeof watchHistory>;
