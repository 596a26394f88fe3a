import type { Reading } from '../../src/domain/list-reading.ts';
import type { AssignmentList, CtrlHubClient } from '../../src/upstreams/ctrl-hub/client.ts';
import type { LuccaClient } from '../../src/upstreams/lucca/client.ts';
import type { NaverClient } from '../../src/upstreams/naver/client.ts';

/** One reading at the first attempt. */
export const whole = <List>(reading: Reading<List>): Promise<List> => reading.attempt(() => undefined);

const rowsOf = async <Row>(reading: Reading<{ readonly rows: readonly Row[] }>): Promise<readonly Row[]> =>
  (await whole(reading)).rows;

/** What the upstreams' lists hold, without what else their readings tell. */
export const luccaRows = (client: LuccaClient) => ({
  employees: () => rowsOf(client.employees(null)),
  jobQualifications: () => rowsOf(client.jobQualifications(null)),
  professions: () => rowsOf(client.professions(null)),
});

export const ctrlHubRows = (client: CtrlHubClient) => ({
  assignments: (): Promise<AssignmentList> => whole(client.assignments(null)),
  members: () => rowsOf(client.members(null)),
});

export const naverRows = (client: NaverClient) => ({
  grades: () => rowsOf(client.grades(null)),
  positions: () => rowsOf(client.positions(null)),
  people: () => rowsOf(client.people(null)),
  /** The version of one item, null where there is none: writes look at items one by one. */
  grade: (key: string) => versionOf(client.gradeWrites, key),
  position: (key: string) => versionOf(client.positionWrites, key),
});

async function versionOf(writes: NaverClient['gradeWrites'], key: string): Promise<string | null> {
  const answer = await writes.update(key, { expectedVersion: 'a version that nothing has' });
  if (answer.outcome === 'NOT_FOUND') return null;
  if (answer.outcome === 'VERSION_CONFLICT') return answer.currentVersion;
  throw new Error(`Expected to be refused, got ${answer.outcome}.`);
}

export type LuccaRows = ReturnType<typeof luccaRows>;
export type CtrlHubRows = ReturnType<typeof ctrlHubRows>;
export type NaverRows = ReturnType<typeof naverRows>;
