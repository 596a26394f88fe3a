import { spread } from './spread.ts';

/** The spelling of an e-mail address in one system. */
export type Spelling = 'plain' | 'mixed' | 'padded' | 'other';

/** The systems with a record of the person (null: none), its spelling of the e-mail, and other identifiers that match. */
export type Identity = {
  lucca: 'plain' | 'mixed' | 'none' | null;
  naver: Spelling | 'none' | null;
  ctrlHub: 'plain' | 'mixed' | null;
  /** The identifiers besides the e-mail that Lucca and NAVER have in common. */
  agreement: 'every' | 'remote-id' | 'employee-number' | 'nothing';
  naverKey: 'external-key' | 'emp-id' | 'neither';
};

/** In all three systems with one e-mail, apart from the given differences. */
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
