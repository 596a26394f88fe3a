import type { LuccaData } from '../company/data.ts';
import { departmentsOf, legalEntities, representDepartment, representLegalEntity } from './organisation.ts';
import {
  representEmployee,
  representEmployment,
  representJobPosition,
  representJobQualification,
} from './representations.ts';
import { mayRead, type ScopeFamily } from './scopes.ts';
import type { Json, View } from './view.ts';

type EmbeddedType = 'department' | 'employee' | 'employment' | 'job-position' | 'job-qualification' | 'legal-entity';

/** The related resources of one row: their types, and their ids if there are any. */
export type Related = [type: EmbeddedType, id: string | null | undefined][];

type Embeddable = { scope?: ScopeFamily; represent: (ids: ReadonlySet<string>, view: View) => Json[] };

const stored = <Row extends { id: string }>(
  scope: ScopeFamily | undefined,
  rowsOf: (data: LuccaData) => Row[],
  represent: (row: Row, view: View) => Json,
): Embeddable => ({
  ...(scope !== undefined && { scope }),
  represent: (ids, view) =>
    rowsOf(view.data)
      .filter(({ id }) => ids.has(id))
      .map((row) => represent(row, view)),
});

const embeddables: Record<EmbeddedType, Embeddable> = {
  department: stored(undefined, departmentsOf, representDepartment),
  employee: stored('employees', (data) => data.employees, representEmployee),
  employment: stored('employments', (data) => data.employments, representEmployment),
  'job-position': stored('job-positions', (data) => data.jobPositions, representJobPosition),
  'job-qualification': stored('job-qualifications', (data) => data.jobQualifications, representJobQualification),
  'legal-entity': stored(undefined, () => legalEntities, representLegalEntity),
};

/**
 * The `embedded` member of a response: representations by type and id, each resource once (Lucca, Expanding responses:
 * embedded). Resources that the token may not read are omitted.
 */
export function embed(related: Related, view: View): Record<string, Record<string, Json>> {
  const idsByType = Map.groupBy(related, ([type]) => type);
  const embedded: Record<string, Record<string, Json>> = {};
  for (const [type, entries] of idsByType) {
    const { scope, represent } = embeddables[type];
    if (view.knobs.embeds === 'missing') continue;
    if (view.knobs.embedsNeedScope && scope !== undefined && !mayRead(view.scopes, scope)) continue;
    const ids = new Set(entries.flatMap(([, id]) => id ?? []));
    const found = represent(ids, view).filter((_, index) => view.knobs.embeds !== 'gaps' || index % 2 === 1);
    if (found.length > 0)
      embedded[type] = Object.fromEntries(found.map((resource) => [String(resource.id), trim(resource, view)]));
  }
  return embedded;
}

const trim = (resource: Json, { knobs }: View): Json =>
  knobs.embeds === 'partial' ? { id: resource.id, type: resource.type, url: resource.url } : resource;
