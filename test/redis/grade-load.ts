import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Answer } from '../helpers/graph.ts';
import { mutate, updateItem } from '../writes/write-fixture.ts';
import type { Fleet, Replica } from './fleet.ts';

const document = `{
  employees(first: 5) { nodes { id displayName jobRoleAssignments { nodes { id } } } }
  grades(first: 100) { nodes { externalKey sortOrder } }
}`;

const shape = z.object({
  employees: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
  grades: z.object({ nodes: z.array(z.object({ externalKey: z.string(), sortOrder: z.number() })) }),
});

/** The grade whose sort order only ever grows: which is what tells an older answer from a newer one. */
export class GrowingGrade {
  readonly #key: string;
  #written = 1_000;
  /** The greatest that was acknowledged, and by which replica. */
  readonly acknowledged = new Map<Replica, number>();
  #inTurn: Promise<unknown> = Promise.resolve();

  constructor({ company }: Fleet) {
    const [grade] = company.naver.grades;
    if (grade?.externalKey == null) throw new Error('expected a grade with a key');
    this.#key = grade.externalKey;
  }

  /** Of all replicas. */
  get latest(): number {
    return Math.max(0, ...this.acknowledged.values());
  }

  write(replica: Replica): Promise<void> {
    const done = this.#inTurn.then(async () => {
      this.#written += 1;
      const sortOrder = this.#written;
      await mutate(replica, updateItem('Grade'), { externalKey: this.#key, sortOrder });
      this.acknowledged.set(replica, sortOrder);
    });
    this.#inTurn = done.catch(() => undefined);
    return done;
  }

  /** Throws for an answer with an error, or with nobody in it. */
  async read(replica: Replica): Promise<number> {
    const answer = await replica.query(document);
    return this.sortOrderIn(answer);
  }

  sortOrderIn({ data, errors }: Answer): number {
    if (errors.length > 0) throw new Error(errors.map((it) => it.message).join('\n'));
    const { employees, grades } = shape.parse(data);
    if (employees.nodes.length !== 5) throw new Error('expected five people');
    const grade = grades.nodes.find(({ externalKey }) => externalKey === this.#key);
    if (grade === undefined) throw new Error('expected the grade');
    return grade.sortOrder;
  }
}

export type LoadOptions = {
  isShared: () => boolean;
  /** Between two reads of one replica, and between two writes, about. */
  readMs?: number;
  writeMs?: number;
};

export type Load = { stop(): Promise<{ reads: number; writes: number; faults: string[] }> };

/**
 * Reads and writes through all replicas until it is stopped. A read must never fail, nor show less than what was
 * acknowledged by the same replica before it began; with `isShared()`, by any replica.
 */
export function startLoad(
  fleet: Fleet,
  grade: GrowingGrade,
  { isShared, readMs = 20, writeMs = 150 }: LoadOptions,
): Load {
  let isOver = false;
  const counts = { reads: 0, writes: 0, faults: [] as string[] };

  async function readOn(replica: Replica): Promise<void> {
    while (!isOver && fleet.replicas.includes(replica)) {
      const wasShared = isShared();
      const least = wasShared ? grade.latest : (grade.acknowledged.get(replica) ?? 0);
      const seen = await grade.read(replica).catch((error: unknown) => String(error));
      counts.reads += 1;
      if (typeof seen === 'string') counts.faults.push(seen);
      else if (seen < least && (isShared() || !wasShared)) counts.faults.push(`${seen} after ${least}`);
      await delay(readMs * (0.5 + Math.random()));
    }
  }

  async function writeOn(): Promise<void> {
    while (!isOver) {
      const replica = fleet.replicas[Math.floor(Math.random() * fleet.replicas.length)];
      if (replica === undefined) return;
      await grade.write(replica).catch((error: unknown) => void counts.faults.push(`write: ${String(error)}`));
      counts.writes += 1;
      await delay(writeMs * (0.5 + Math.random()));
    }
  }

  const running = [writeOn()];
  const readers = new Set<Replica>();
  const join = () => {
    for (const replica of fleet.replicas.filter((it) => !readers.has(it))) {
      readers.add(replica);
      running.push(readOn(replica));
    }
  };
  join();
  // Whoever comes later is read from as well.
  const joining = setInterval(join, 200);

  return {
    stop: async () => {
      isOver = true;
      clearInterval(joining);
      await Promise.all(running);
      return counts;
    },
  };
}
