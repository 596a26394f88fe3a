const always = ['id', 'type', 'url', 'links'];
const timed = ['createdAt', 'lastUpdatedAt'];

/** Lucca, Employee (Api-Version 2024-11-01). */
export const employeeMembers = [
  ...always,
  ...timed,
  ...['remoteId', 'givenName', 'familyName', 'email', 'employeeNumber', 'status', 'birthDay', 'phoneNumber'],
  ...['portrait', 'applicableEmployment', 'applicableJobPosition'],
];

/** Lucca, Job qualification. */
export const jobQualificationMembers = [...always, ...timed, 'title', 'profession', 'rank', 't9n'];

/** Lucca, Profession. */
export const professionMembers = [...always, 'title', 'isArchived', 't9n'];
