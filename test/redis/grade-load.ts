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

type Write = { sortOrder: number; replica: Replica; beganAt: number };

/** The grade whose sort order only ever grows: which is what tells an older answer from a newer one. */
export class GrowingGrade {
  readonly #key: string;
  #written = 1_000;
  /** What was acknowledged, oldest first. */
  readonly acknowledged: Write[] = [];
  #inTurn: Promise<unknown> = Promise.resolve();

  constructor({ company }: Fleet) {
    const [grade] = company.naver.grades;
    if (grade?.externalKey == null) throw new Error('expected a grade with a key');
    this.#key = grade.externalKey;
  }

  /** Of all replicas. */
  get latest(): number {
    return this.acknowledged.at(-1)?.sortOrder ?? 0;
  }

  write(replica: Replica): Promise<void> {
    const done = this.#inTurn.then(async () => {
      this.#written += 1;
      const sortOrder = this.#written;
      const beganAt = performance.now();
      await mutate(replica, updateItem('Grade'), { externalKey: this.#key, sortOrder });
      this.acknowledged.push({ sortOrder, replica, beganAt });
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
  /** Between two reads of one replica, and between two writes, about. */
  readMs?: number;
  writeMs?: number;
};

export type Load = {
  readonly counts: {
    reads: number;
    /** Reads that had to show a write through another replica. */
    shared: number;
    writes: number;
  };
  /** Resolves with what was answered wrongly. */
  stop(): Promise<string[]>;
};

/**
 * Reads and writes through all replicas until it is stopped. A read must never fail, nor show less than what was
 * acknowledged before it began: by the same replica, or by any if none missed Redis from the write's beginning to the end
 * of the read. Where one did, its writes are told later, and it hears later of others' (docs/scale.md).
 */
export function startLoad(fleet: Fleet, grade: GrowingGrade, { readMs = 20, writeMs = 150 }: LoadOptions = {}): Load {
  let isOver = false;
  const counts = { reads: 0, shared: 0, writes: 0 };
  const faults: string[] = [];

  async function readOn(replica: Replica): Promise<void> {
    while (!isOver && fleet.replicas.includes(replica)) {
      const before = [...grade.acknowledged];
      const seen = await grade.read(replica).catch((error: unknown) => String(error));
      counts.reads += 1;
      const least = before.findLast((it) => it.replica === replica || !fleet.missedRedis(it.beganAt));
      if (least !== undefined && least.replica !== replica) counts.shared += 1;
      if (typeof seen === 'string') faults.push(seen);
      else if (seen < (least?.sortOrder ?? 0)) faults.push(`${seen} after ${least?.sortOrder}`);
      await delay(readMs * (0.5 + Math.random()));
    }
  }

  async function writeOn(): Promise<void> {
    while (!isOver) {
      const replica = fleet.replicas[Math.floor(Math.random() * fleet.replicas.length)];
      if (replica === undefined) return;
      await grade.write(replica).catch((error: unknown) => void faults.push(`write: ${String(error)}`));
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
    counts,
    stop: async () => {
      isOver = true;
      clearInterval(joining);
      await Promise.all(running);
      return faults;
    },
  };
}
