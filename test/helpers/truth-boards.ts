import type { Company } from '../../src/sandbox/company/data.ts';
import { type AssignmentRow, jobPositionOf, luccaInOrder } from './truth.ts';
import { inNameOrder, nameOf, peopleOf } from './truth-people.ts';

/** A board of who holds what. People are told by name, in the order of all lists of people. */
export type Board = { title: string; people: string[] }[];

/** Who holds each grade or job that is in use, in the order of display. */
export function holdersOfItems(company: Company, list: 'grades' | 'jobs'): (Board[number] & { key: string })[] {
  const people = inNameOrder(peopleOf(company));
  const reference = list === 'grades' ? 'gradeExternalKey' : 'jobExternalKey';
  return company.naver[list]
    .filter((it) => it.itemUsed)
    .toSorted((a, b) => a.sortOrder - b.sortOrder)
    .flatMap(({ externalKey, name, i18nNames }) => {
      if (externalKey === null) return [];
      const holders = people.filter(({ naver }) => naver?.[reference] === externalKey);
      const title = i18nNames.ko_KR?.trim() ? i18nNames.ko_KR : name;
      return [{ key: externalKey, title, people: holders.map(nameOf) }];
    });
}

/** Each job role that somebody holds, with its assignments from the oldest on. */
export function roleBoard(company: Company) {
  const people = peopleOf(company);
  const holderOf = ({ userId }: AssignmentRow) => people.find(({ user }) => user?.id === userId);
  return company.ctrlHub.jobRoles
    .map((role) => ({
      name: role.name,
      type: role.jobRoleType,
      requiredQualifications: role.required,
      assignments: company.ctrlHub.assignments
        .filter((it) => it.roleId === role.id)
        .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id.localeCompare(b.id))
        .map((it) => {
          const holder = holderOf(it);
          return { type: it.type, employee: { displayName: holder === undefined ? '' : nameOf(holder) } };
        }),
    }))
    .filter((it) => it.assignments.length > 0)
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Each profession in French where Lucca has it, with its ranks, the lowest first, and who holds them. */
export function skillsMatrix(company: Company) {
  const { lucca } = company;
  return lucca.professions.map((profession) => ({
    title: profession.titles['fr-FR'] ?? profession.titles.fr ?? profession.title,
    isArchived: profession.isArchived,
    ranks: lucca.jobQualifications
      .filter((it) => it.professionId === profession.id)
      .sort((a, b) => a.rank - b.rank)
      .map(({ id, title, rank }) => ({
        title,
        rank,
        people: luccaInOrder(company)
          .filter((it) => jobPositionOf(company, it)?.jobQualificationId === id)
          .map((it) => `${it.givenName} ${it.familyName}`),
      })),
  }));
}
