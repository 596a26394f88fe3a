import type { OnProgress, Reading, SkippedRow } from '../../domain/list-reading.ts';
import type { Employment, JobPosition, LuccaEmployee, Related } from '../../domain/people.ts';
import { createRowSharing, sharedList } from '../../domain/row-sharing.ts';
import { UpstreamError } from '../../errors.ts';
import { batchesOf, isFilterable, toList } from './list-filter.ts';
import type { ListQuery, Lists } from './lists.ts';
import type { Resource } from './resource.ts';
import { employees, employments, jobPositions } from './resources.ts';
import type { Identified, LuccaList } from './walk.ts';

/** All employees. `relatedFailure`: why some job positions or employments could not be read; their `value` is null. */
export type EmployeeList = LuccaList<LuccaEmployee> & { readonly relatedFailure: UpstreamError | null };

/** The query for all employees. */
export const employeesQuery: ListQuery = { filters: [], sort: 'id', include: ['embedded', 'totalCount'] };

/**
 * Reads all employees, sorted by id, with their applicable job position and employment. Lucca embeds only part of these
 * (Lucca docs: includes), so the rest is fetched by id. If that fails, the employees are returned without them.
 */
export function readingOfEmployees(lists: Lists, previous: EmployeeList | null): Reading<EmployeeList> {
  const pages = lists.reading(employees, employeesQuery, previous);

  async function attempt(onProgress: OnProgress): Promise<EmployeeList> {
    const list = await pages.attempt(onProgress);
    const found = list.read.flatMap((page) => page.rows);
    const isComplete = found.every((row) => isWhole(row.jobPosition) && isWhole(row.employment));
    if (!isComplete) return complete({ ...list, rows: unique(found) }, previous);
    return list === previous && previous.relatedFailure === null ? previous : { ...list, relatedFailure: null };
  }

  async function complete(list: LuccaList<LuccaEmployee>, earlier: EmployeeList | null): Promise<EmployeeList> {
    try {
      const [positions, employmentsFound] = await Promise.all([
        byId<JobPosition>(
          jobPositions,
          missing(list.rows, (row) => row.jobPosition),
        ),
        byId<Employment>(
          employments,
          missing(list.rows, (row) => row.employment),
        ),
      ]);
      const shareRow = createRowSharing(earlier?.rows, (row) => row.luccaId);
      const rows = list.rows.map((row) =>
        shareRow({
          ...row,
          jobPosition: row.jobPosition && filled(row.jobPosition, positions.byId),
          employment: row.employment && filled(row.employment, employmentsFound.byId),
        }),
      );
      const own = list.skipped.filter((row) => row.resource === employees.path);
      const skipped = [...own, ...positions.skipped, ...employmentsFound.skipped];
      return { ...list, rows: sharedList(earlier?.rows, rows), skipped, relatedFailure: null };
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return { ...list, relatedFailure: error };
    }
  }

  async function byId<Row extends Identified>(
    resource: Resource<Row>,
    ids: readonly string[],
  ): Promise<{ byId: ReadonlyMap<string, Row>; skipped: SkippedRow[] }> {
    const read = (batch: readonly string[]) =>
      lists.reading(resource, { filters: [['id', toList(batch)]], include: [] }).attempt(() => undefined);
    const found = await Promise.all(batchesOf(ids.filter(isFilterable)).map(read));
    return {
      byId: new Map(found.flatMap(({ rows }) => rows).map((row) => [row.luccaId, row])),
      skipped: found.flatMap((it) => it.skipped),
    };
  }

  return { ...pages, attempt };
}

/** The first row of each id. */
function unique(rows: readonly LuccaEmployee[]): LuccaEmployee[] {
  const byId = new Map<string, LuccaEmployee>();
  for (const row of rows) if (!byId.has(row.luccaId)) byId.set(row.luccaId, row);
  return [...byId.values()];
}

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
