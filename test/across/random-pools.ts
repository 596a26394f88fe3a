/**
 * Small companies whose records agree and disagree in every way: addresses that differ by case or blanks, are missing or
 * shared, keys and numbers that point to somebody else, people known here and not there. What the filters of a test can
 * ask for comes from the pools below, whatever the company.
 */
export const mailboxes = Array.from({ length: 24 }, (_, index) => `person.${index}`);
export const gradeKeys = ['G1', 'G2', 'G3', 'G4'];
export const positionKeys = ['P1', 'P2', 'P3'];
export const professionIds = ['31', '32', '33'];
export const jobQualificationIds = Array.from({ length: 8 }, (_, index) => String(801 + index));
export const jobRoleIds = Array.from({ length: 6 }, (_, index) => uuid('401e0000', index));
export const assignmentTypes = ['main_layer', 'cover', "foreman's mate", 'night, shift', 'back\\slash'];
export const givenNames = ['Ana', 'anja', 'Bo', 'Chidi', 'Édith', 'Jean-Luc', 'Mary Ann', '민수'];
export const familyNames = [
  'Abe',
  'abe',
  'Åberg',
  'de Sá',
  'De Sá',
  "N'Diaye",
  'Öztürk',
  'Oz',
  'van der Berg',
  'Zhou',
  '李',
];

export const organisations = [uuid('0c600000', 1), uuid('0c600000', 2)];

export function uuid(prefix: string, n: number): string {
  return `${prefix}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}
