import { builder } from './builder.ts';

export const IdentityMatch = builder.enumType('IdentityMatch', {
  description: "Why an upstream's record is believed to be this person's.",
  values: {
    SOURCE: { description: 'It is the record that leads.' },
    EMAIL: { description: 'Same e-mail address, in any case.' },
    REMOTE_ID: { description: "Lucca's remoteId is NAVER's externalKey." },
    EMPLOYEE_NUMBER: { description: 'Same employee number.' },
    MAPPING_FILE: { description: 'Linked by hand, in the mapping file.' },
  },
});
