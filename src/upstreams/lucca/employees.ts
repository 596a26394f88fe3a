import type { OnProgress, Reading } from '../../domain/list-reading.ts';
import type { Employment, JobPosition, LuccaEmployee, Related } from '../../domain/people.ts';
import { createRowSharing, sharedList } from '../../domain/row-sharing.ts';
import { UpstreamError } from '../../errors.ts';
import { batchesOf, isAskable, toList } from './list-filter.ts';
import type { Identified, ListQuery, Lists, LuccaList } from './lists.ts';
import { employees, employments, jobPositions, type Resource } from './resources.ts';

/** All employees. `relatedFailure` is why some job positions or employments, of value null, could not be read. */
export type EmployeeList = LuccaList<LuccaEmployee> & { readonly relatedFailure: UpstreamError | null };

const query: ListQuery = { filters: [], sort: 'id', include: ['embedded', 'totalCount'] };

/**
 * All employees by id order, with their applicable job position and employment. Lucca embeds these as far as it likes
 * (Lucca docs: includes): what it did not embed is asked for by id. Where that fails the employees are good all the same.
 */
export function readingOfEmployees(lists: Lists, previous: EmployeeList | null): Reading<EmployeeList> {
  const pages = lists.reading(employees, query, previous);

  async function attempt(onProgress: OnProgress): Promise<EmployeeList> {
    const list = await pages.attempt(onProgress);
    const found = list.read.flatMap((page) => page.rows);
    const isComplete = found.every((row) => isWhole(row.jobPosition) && isWhole(row.employment));
    if (!isComplete) return complete({ ...list, rows: unique(found) }, previous);
    return list === previous && previous.relatedFailure === null ? previous : { ...list, relatedFailure: null };
  }

  async function complete(list: LuccaList<LuccaEmployee>, earlier: EmployeeList | null): Promise<EmployeeList> {
    try {
      const [positionOf, employmentOf] = await Promise.all([
        byId<JobPosition>(
          jobPositions,
          missing(list.rows, (it) => it.jobPosition),
        ),
        byId<Employment>(
          employments,
          missing(list.rows, (it) => it.employment),
        ),
      ]);
      const shareRow = createRowSharing(earlier?.rows, (row) => row.luccaId);
      const rows = list.rows.map((row) =>
        shareRow({
          ...row,
          jobPosition: row.jobPosition && filled(row.jobPosition, positionOf),
          employment: row.employment && filled(row.employment, employmentOf),
        }),
      );
      return { ...list, rows: sharedList(earlier?.rows, rows), relatedFailure: null };
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return { ...list, relatedFailure: error };
    }
  }

  async function byId<Row extends Identified>(
    resource: Resource<Row>,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Row>> {
    const read = (batch: readonly string[]) =>
      lists.reading(resource, { filters: [['id', toList(batch)]], include: [] }).attempt(() => undefined);
    const found = await Promise.all(batchesOf(ids.filter(isAskable)).map(read));
    return new Map(found.flatMap(({ rows }) => rows).map((row) => [row.luccaId, row]));
  }

  return { attempt };
}

const unique = (rows: readonly LuccaEmployee[]): LuccaEmployee[] => [
  ...new Map(rows.map((row) => [row.luccaId, row])).values(),
];

const isWhole = (related: Related<unknown> | null): boolean => related === null || related.value !== null;

const filled = <T>(related: Related<T>, byId: ReadonlyMap<string, T>): Related<T> =>
  related.value === null ? { id: related.id, value: byId.get(related.id) ?? null } : related;

const missing = <T>(
  rows: readonly LuccaEmployee[],
  relatedOf: (row: LuccaEmployee) => Related<T> | null,
): readonly string[] => [
  ...new Set(
    rows.flatMap((row) => {
      const related = relatedOf(row);
      return related !== null && related.value === null ? [related.id] : [];
    }),
  ),
];
