import type { AbsenceReason, ConflictReason } from '../src/domain/absence.ts';
import type { Evidence } from '../src/domain/likely-pair.ts';
import { builder } from './builder.ts';

export const IdentityMatch = builder.enumType('IdentityMatch', {
  description: "The rule that linked an upstream's record to the person.",
  values: {
    SOURCE: { description: 'The leading record, which needs no rule.' },
    EMAIL: { description: 'Same e-mail address; letter case is ignored.' },
    REMOTE_ID: { description: "Lucca's remoteId equals NAVER's externalKey." },
    EMPLOYEE_NUMBER: { description: 'Same employee number.' },
    MAPPING_FILE: { description: 'Linked manually in the mapping file.' },
  },
});

type Described<Name extends string> = Record<Name, { description: string }>;

const conflictReasons: Described<ConflictReason> = {
  SEVERAL_PEOPLE: { description: 'Several people match one record: they share an address or a number.' },
  SEVERAL_RECORDS: { description: 'One person matches several records: these share an address or a number.' },
  SEVERAL_OF_BOTH: { description: 'Several people match several records.' },
};

const reasons: Described<AbsenceReason> = {
  ...conflictReasons,
  HELD_BACK: {
    description:
      'A matching record is contested with people of another upstream, and is therefore compared with nobody else.',
  },
  GAVE_WAY: { description: 'The person is a former employment; the record belongs to the current one.' },
  LINKED_ELSEWHERE: {
    description: 'The matching record is linked to another person, by an earlier rule or the mapping file.',
  },
  NO_MATCH: { description: 'No record of the upstream has the same address or number.' },
  NOTHING_TO_COMPARE: {
    description: 'The person has no address or number of a kind that the records of the upstream have.',
  },
};

export const ConflictReasonEnum = builder.enumType('ConflictReason', {
  description: 'Which side of a conflict has several members.',
  values: conflictReasons,
});

export const UnlinkedReason = builder.enumType('UnlinkedReason', {
  description: 'Why an upstream has no record of a person.',
  values: reasons,
});

const evidence: Described<Evidence> = {
  SAME_NAME: { description: 'The same name; order, case, width and accents are ignored.' },
  SIMILAR_NAME: { description: 'The same name in another spelling: ü as ue, å as aa, Min-su as Minsu.' },
  SAME_ADDRESS: { description: 'The same address; in a suggestion, one that other people share.' },
  SAME_MAILBOX: { description: 'The same mailbox name in another domain.' },
  SIMILAR_ADDRESS: { description: 'Addresses that differ in one letter.' },
  SAME_BIRTHDAY: { description: 'The same birthday.' },
};

export const LinkEvidence = builder.enumType('LinkEvidence', {
  description: 'Evidence that two people, or two records, are the same person.',
  values: evidence,
});
