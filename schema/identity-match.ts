import type { AbsenceReason, ConflictReason } from '../src/domain/absence.ts';
import type { Evidence } from '../src/domain/likely-pair.ts';
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

type Described<Name extends string> = Record<Name, { description: string }>;

const conflictReasons: Described<ConflictReason> = {
  SEVERAL_PEOPLE: { description: 'Several people claim one record: they share an address or a number.' },
  SEVERAL_RECORDS: { description: 'One person claims several records: they share an address or a number.' },
  SEVERAL_OF_BOTH: { description: 'Several people claim several records.' },
};

const reasons: Described<AbsenceReason> = {
  ...conflictReasons,
  HELD_BACK: {
    description: 'A record is contested with people of another upstream, and is compared with nobody else.',
  },
  GAVE_WAY: { description: 'A former employment: the record belongs to the present one.' },
  LINKED_ELSEWHERE: { description: 'What matches is linked to somebody else, by an earlier rule or the mapping file.' },
  NO_MATCH: { description: 'None of its records has the same address or number.' },
  NOTHING_TO_COMPARE: { description: 'The person has no address and no number that its records have as well.' },
};

export const ConflictReasonEnum = builder.enumType('ConflictReason', {
  description: 'Who claims whom in a conflict.',
  values: conflictReasons,
});

export const UnlinkedReason = builder.enumType('UnlinkedReason', {
  description: 'Why an upstream has no record of a person.',
  values: reasons,
});

const evidence: Described<Evidence> = {
  SAME_NAME: { description: 'The same name: in any order, case and width, with accents or without.' },
  SIMILAR_NAME: { description: 'The same name, spelled otherwise: ü as ue, å as aa, Min-su as Minsu.' },
  SAME_ADDRESS: { description: 'The same address, which others have as well.' },
  SAME_MAILBOX: { description: 'The same address in another domain.' },
  SIMILAR_ADDRESS: { description: 'Addresses that differ in one letter.' },
  SAME_BIRTHDAY: { description: 'The same birthday, where both have one.' },
};

export const LinkEvidence = builder.enumType('LinkEvidence', {
  description: 'Something that speaks for two people being one.',
  values: evidence,
});
