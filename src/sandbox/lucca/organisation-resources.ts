import { among, anyOf, partOf } from './filters.ts';
import {
  businessEstablishments,
  type DepartmentRow,
  departmentsOf,
  employmentTemplates,
  legalEntities,
  representBusinessEstablishment,
  representDepartment,
  representEmploymentTemplate,
  representLegalEntity,
} from './organisation.ts';
import { tenantIds } from './representations.ts';
import { defineResource, type Resource } from './resource.ts';

/** No resource of the organisation is archived: `isArchived=true` finds nothing. Without the filter, both kinds match. */
const isArchived = anyOf(() => 'false', { item: among('true', 'false'), atMost: 1 });

/** The resources that employees, employments and job positions refer to (Lucca, Organization), without sorting. */
export const organisationResources: readonly Resource[] = [
  defineResource<DepartmentRow>({
    collection: 'departments',
    scope: 'departments',
    rows: departmentsOf,
    represent: representDepartment,
    related: () => [],
    filters: { search: partOf((it) => it.name), isArchived },
    sorts: {},
  }),
  defineResource({
    collection: 'legal-entities',
    scope: 'legal-entities',
    rows: () => legalEntities,
    represent: representLegalEntity,
    related: () => [],
    filters: { countryCode: anyOf((it) => it.countryCode), isArchived },
    sorts: {},
  }),
  defineResource({
    collection: 'business-establishments',
    scope: 'business-establishments',
    rows: () => businessEstablishments,
    represent: representBusinessEstablishment,
    related: () => [['legal-entity', tenantIds.legalEntity]],
    filters: { 'legalEntity.id': anyOf(() => tenantIds.legalEntity), search: partOf((it) => it.name), isArchived },
    sorts: {},
  }),
  defineResource({
    collection: 'employment-templates',
    scope: 'employment-templates',
    rows: () => employmentTemplates,
    represent: representEmploymentTemplate,
    related: () => [],
    filters: {},
    sorts: {},
  }),
  defineResource<{ id: string }>({
    collection: 'occupation-categories',
    scope: 'occupation-categories',
    rows: () => [],
    represent: ({ id }) => ({ id }),
    related: () => [],
    filters: { 'businessEstablishments.id': anyOf(() => null), search: partOf(() => '') },
    sorts: {},
  }),
];
