import { randomInstant } from './calendar.ts';
import type { LuccaData, LuccaJobQualificationRow } from './data.ts';
import { countIdsFrom } from './ids.ts';
import type { Random } from './random.ts';

type Titles = Record<string, string>;
type Rung = [rank: number, title: string, titles: Titles];

/** The qualification of the whole crane crew. */
export const CREW_QUALIFICATION = 'Senior Crane Operator';

/** A qualification that nobody has. */
export const UNHELD_QUALIFICATION = 'Chief Naval Architect';

const ladders: { profession: string; titles: Titles; isArchived?: true; rungs: Rung[] }[] = [
  {
    profession: 'Lifting Operations',
    titles: { 'fr-FR': 'Levage', 'de-DE': 'Hebetechnik', 'nl-NL': 'Hijswerk' },
    rungs: [
      [1, 'Trainee Crane Operator', { 'fr-FR': 'Grutier stagiaire' }],
      [2, 'Crane Operator', { 'fr-FR': 'Grutier', 'de-DE': 'Kranführer', 'pt-PT': 'Gruista' }],
      [3, CREW_QUALIFICATION, { 'fr-FR': 'Grutier confirmé', 'de-DE': 'Erfahrener Kranführer' }],
      [4, 'Lifting Supervisor', { fr: 'Chef de levage' }],
    ],
  },
  {
    profession: 'Welding',
    titles: { fr: 'Soudage', 'de-DE': 'Schweißen' },
    rungs: [
      [1, 'Apprentice Welder', { fr: 'Apprenti soudeur', 'de-DE': 'Schweißer-Azubi' }],
      [2, 'Welder', { 'fr-FR': 'Soudeur', fr: 'Soudeur (tous sites)', 'de-DE': 'Schweißer' }],
      [3, 'Coded Welder', { 'fr-CH': 'Soudeur qualifié' }],
      [4, 'Welding Inspector', {}],
    ],
  },
  {
    profession: 'Naval Architecture',
    titles: { 'fr-FR': 'Architecture navale', 'it-IT': 'Architettura navale', 'es-ES': 'Arquitectura naval' },
    rungs: [
      [1, 'Junior Naval Architect', { 'fr-FR': 'Architecte naval junior' }],
      [2, 'Naval Architect', { 'fr-FR': 'Architecte naval', 'pt-PT': 'Arquiteto naval' }],
      [3, 'Senior Naval Architect', { 'fr-FR': 'Architecte naval senior' }],
      [4, 'Principal Naval Architect', { 'de-DE': 'Leitender Schiffbauingenieur' }],
      [5, UNHELD_QUALIFICATION, { 'fr-FR': 'Architecte naval en chef' }],
    ],
  },
  {
    profession: 'Software Development',
    titles: { 'fr-FR': 'Développement logiciel' },
    rungs: [
      [1, 'Junior Developer', { 'fr-FR': 'Développeur junior' }],
      [2, 'Developer', { 'fr-FR': 'Développeur', 'de-DE': 'Entwickler' }],
      [3, 'Senior Developer', { fr: 'Développeur senior' }],
      [4, 'Staff Developer', {}],
    ],
  },
  {
    profession: 'Electrical Work',
    titles: { 'nl-BE': 'Elektriciteit' },
    rungs: [
      [1, 'Electrician', { 'fr-FR': 'Électricien', 'en-GB': 'Electrician' }],
      [2, 'Senior Electrician', { 'fr-FR': 'Électricien confirmé' }],
      [3, 'Electrical Engineer', { 'de-DE': 'Elektroingenieur' }],
      [4, 'Electrical Lead', {}],
    ],
  },
  {
    profession: 'Human Resources',
    titles: { 'fr-FR': 'Ressources humaines', 'en-US': 'People Operations' },
    rungs: [
      [1, 'HR Assistant', { 'fr-FR': 'Assistant RH' }],
      [2, 'HR Partner', {}],
      [5, 'HR Director', { 'fr-FR': 'Directeur des ressources humaines' }],
    ],
  },
  {
    profession: 'Finance',
    titles: {},
    rungs: [
      [1, 'Accountant', { 'fr-FR': 'Comptable', 'pt-PT': 'Contabilista' }],
      [2, 'Senior Accountant', { 'fr-FR': 'Comptable confirmé' }],
      [3, 'Controller', {}],
      [5, 'Chief Financial Officer', { 'fr-FR': 'Directeur financier' }],
    ],
  },
  {
    // Archived, but the people who have it keep it.
    profession: 'Draughting',
    titles: { 'fr-FR': 'Dessin industriel' },
    isArchived: true,
    rungs: [
      [1, 'Draughtsperson', { 'fr-FR': 'Dessinateur' }],
      [2, 'Senior Draughtsperson', {}],
    ],
  },
  { profession: 'Diving', titles: { 'fr-FR': 'Plongée' }, rungs: [] },
];

/** Nine professions and their thirty job qualifications. Titles are unique, as Lucca requires. */
export function createLuccaCatalogue(random: Random): Pick<LuccaData, 'professions' | 'jobQualifications'> {
  const nextProfessionId = countIdsFrom(31);
  const nextQualificationId = countIdsFrom(801);
  const professions: LuccaData['professions'] = [];
  const jobQualifications: LuccaJobQualificationRow[] = [];
  for (const { profession, titles, isArchived = false, rungs } of ladders) {
    const professionId = nextProfessionId();
    professions.push({ id: professionId, title: profession, isArchived, titles: { ...titles } });
    for (const [rank, title, translated] of rungs) {
      jobQualifications.push({
        id: nextQualificationId(),
        title,
        professionId,
        rank,
        titles: { ...translated },
        createdAt: randomInstant(random, 2017, 2020, 4),
        lastUpdatedAt: randomInstant(random, 2021, 2025, 4),
      });
    }
  }
  return { professions, jobQualifications };
}
