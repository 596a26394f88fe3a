import type { LuccaData } from '../company/data.ts';
import { complete, linkTo, reference, referenceOrNull, tenantIds, timestampsSince } from './representations.ts';
import type { Json, View } from './view.ts';

export type DepartmentRow = { id: string; name: string; parentId: string | null };

export const legalEntities = [{ id: tenantIds.legalEntity, legalName: 'Hanbit Marine Europe SAS', countryCode: 'FRA' }];
export const businessEstablishments = [{ id: tenantIds.businessEstablishment, name: 'Saint-Nazaire' }];
export const employmentTemplates = [{ id: tenantIds.template, title: 'Permanent contract' }];

/** The term of every contract in the sandbox. */
export const permanent = 'permanent';

const founded = '2017-01-02';
const names = ['Yard', 'Welding', 'Electrical', 'Planning', 'Quality', 'Logistics', 'Design', 'Safety', 'People'];

/** The departments of the job positions. The first one is the root of the tree and the parent of the others. */
export function departmentsOf({ jobPositions }: LuccaData): DepartmentRow[] {
  const ids = [...new Set(jobPositions.map((it) => it.departmentId))].sort();
  const [root] = ids;
  return ids.map((id, index) => ({
    id,
    name: `${names[index % names.length]} ${id}`,
    parentId: id === root ? null : (root ?? null),
  }));
}

/** Lucca, Department: a tree, independent of establishments. */
export function representDepartment({ id, name, parentId }: DepartmentRow, view: View): Json {
  const members = {
    ...reference('department', id, view),
    name,
    remoteId: null,
    description: null,
    parent: referenceOrNull('department', parentId, view),
    level: parentId === null ? 1 : 2,
    manager: null,
    sortOrder: 0,
    isArchived: false,
  };
  const activeEmployees = linkTo('employees', `applicableJobPosition.department.id=${id}`, view);
  return complete(members, { activeEmployees }, view);
}

/** Lucca, Legal entity. */
export function representLegalEntity(row: (typeof legalEntities)[number], view: View): Json {
  const members = {
    ...reference('legal-entity', row.id, view),
    legalName: row.legalName,
    remoteId: null,
    countryCode: row.countryCode,
    currencyCode: 'EUR',
    taxIdentificationNumber: null,
    industryCode: null,
    isArchived: false,
    ...timestampsSince(founded),
    lastArchivedAt: null,
  };
  const query = `legalEntity.id=${row.id}`;
  return complete(members, { businessEstablishments: linkTo('business-establishments', query, view) }, view);
}

/** Lucca, Business establishment; `links` is always empty. */
export function representBusinessEstablishment(row: (typeof businessEstablishments)[number], view: View): Json {
  const members = {
    ...reference('business-establishment', row.id, view),
    name: row.name,
    remoteId: null,
    legalEntity: reference('legal-entity', tenantIds.legalEntity, view),
    isHeadquarters: true,
    taxIdentificationNumber: null,
    industryCode: null,
    address: null,
    timezoneId: 'Europe/Paris',
    isArchived: false,
    ...timestampsSince(founded),
    lastArchivedAt: null,
  };
  return complete(members, {}, view);
}

/** Lucca, Employment template. */
export function representEmploymentTemplate(row: (typeof employmentTemplates)[number], view: View): Json {
  const members = {
    ...reference('employment-template', row.id, view),
    title: row.title,
    legalEntities: [],
    term: permanent,
    audience: 'employee',
    t9n: {},
    ...timestampsSince(founded),
  };
  return complete(members, { extensionDefinitions: null }, view);
}
