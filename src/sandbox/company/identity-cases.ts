import { spread } from './spread.ts';

/** How a system spells somebody's e-mail. */
export type Spelling = 'plain' | 'mixed' | 'padded' | 'other';

/** Which systems know a person (null: this one does not), how each spells the e-mail, and what else could link them. */
export type Identity = {
  lucca: 'plain' | 'mixed' | 'none' | null;
  naver: Spelling | 'none' | null;
  ctrlHub: 'plain' | 'mixed' | null;
  /** The identifiers beside the e-mail on which Lucca and NAVER agree. */
  agreement: 'every' | 'remote-id' | 'employee-number' | 'nothing';
  naverKey: 'external-key' | 'emp-id' | 'neither';
};

/** Known to all three systems under one e-mail, but for the differences given. */
export function everywhere(differences: Partial<Identity> = {}): Identity {
  return {
    lucca: 'plain',
    naver: 'plain',
    ctrlHub: 'plain',
    agreement: 'every',
    naverKey: 'external-key',
    ...differences,
  };
}

/** Of 100 people 85 are in Lucca; of those 68 also in NAVER and 68 also in Ctrl Hub. */
export const identityOf = spread<Identity>([
  [28, everywhere()],
  [5, everywhere({ lucca: 'mixed' })],
  [5, everywhere({ naver: 'mixed' })],
  [4, everywhere({ ctrlHub: 'mixed' })],
  [4, everywhere({ naver: 'padded' })],
  [3, everywhere({ naver: 'other', agreement: 'remote-id' })],
  [3, everywhere({ naver: 'other', agreement: 'employee-number' })],
  [3, everywhere({ naverKey: 'emp-id', agreement: 'nothing' })],

  [4, everywhere({ ctrlHub: null })],
  [1, everywhere({ ctrlHub: null, naver: 'none', agreement: 'remote-id' })],
  [5, everywhere({ ctrlHub: null, lucca: 'none', agreement: 'remote-id' })],
  [3, everywhere({ ctrlHub: null, lucca: 'none', agreement: 'employee-number' })],

  [9, everywhere({ naver: null })],
  [2, everywhere({ naver: null, ctrlHub: 'mixed' })],
  [2, everywhere({ naver: null, agreement: 'nothing' })],
  [3, everywhere({ naver: null, ctrlHub: null })],
  [1, everywhere({ naver: null, ctrlHub: null, lucca: 'none' })],

  [3, everywhere({ lucca: null, ctrlHub: null })],
  [2, everywhere({ lucca: null, ctrlHub: null, naverKey: 'emp-id' })],
  [1, everywhere({ lucca: null, ctrlHub: null, naver: 'none' })],
  [4, everywhere({ lucca: null, naver: null })],
  [3, everywhere({ lucca: null })],
  [2, everywhere({ lucca: null, naver: 'mixed' })],
]);

/** The e-mail address of a mailbox as spelled: `mina.han`, 'mixed' is `Mina.Han@Hanbit-Marine.example`. */
export function emailAddress(mailbox: string, spelling: Spelling): string {
  const address = `${mailbox}@hanbit-marine.example`;
  switch (spelling) {
    case 'plain':
      return address;
    case 'mixed':
      return address.replace(/(?<=^|[-.@])[a-z](?=.*\.example$)/g, (initial) => initial.toUpperCase());
    case 'padded':
      return ` ${address}  `;
    case 'other':
      return `${mailbox}@hanbit-yard.example`;
  }
}
