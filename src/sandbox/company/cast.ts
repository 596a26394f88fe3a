import { everywhere, type Identity } from './identity-cases.ts';
import type { FullName } from './names.ts';

/** A person whose name or records matter for tests, and are therefore not random. */
export type CastMember = FullName & {
  identity: Identity;
  /** The part before the @, if it is not made from the name. */
  mailbox?: string;
  /** The crane crew shares one job qualification, one grade and one job role. */
  isCrew?: true;
};

/** The first people of every company, in this order. All conflicts of the company are among them. */
export const cast: readonly CastMember[] = [
  {
    ...fullName('Mina', 'Han', { ko_KR: '한미나' }),
    identity: everywhere({ naver: 'mixed' }),
    isCrew: true,
  },
  { ...fullName('Olivier', 'Le Goff'), identity: everywhere(), isCrew: true },
  { ...fullName('Grażyna', 'Łopuszańska'), identity: everywhere({ lucca: 'mixed' }), isCrew: true },
  { ...fullName('Adaeze', "N'Diaye-Obi"), identity: everywhere({ naver: 'padded' }), isCrew: true },
  { ...fullName('Kenji', 'Mori', { ja_JP: '森 健二' }), identity: everywhere({ ctrlHub: 'mixed' }), isCrew: true },
  { ...fullName('Rui', 'de Sá'), identity: everywhere({ naver: 'other', agreement: 'remote-id' }), isCrew: true },

  // Two people in NAVER have the yard office's mailbox. One of them is the person in Lucca, but nothing says which one.
  {
    ...fullName('Paulo', 'Teixeira'),
    identity: everywhere({ ctrlHub: null, agreement: 'nothing' }),
    mailbox: 'yard.office',
  },
  { ...fullName('Bashir', 'Qureshi'), identity: everywhere({ lucca: null, ctrlHub: null }), mailbox: 'yard.office' },

  // Two users of Ctrl Hub signed up with the harbour control's mailbox.
  { ...fullName('Wiebke', 'Jöhnk'), identity: everywhere(), mailbox: 'harbour.control' },
  { ...fullName('Tomasz', 'Bąk'), identity: everywhere({ lucca: null, naver: null }), mailbox: 'harbour.control' },

  // A couple shares one address in Lucca. NAVER has one record with that address, but nothing says whose it is.
  {
    ...fullName('Elsa', 'Zetterberg'),
    identity: everywhere({ ctrlHub: null, agreement: 'nothing' }),
    mailbox: 'zetterberg',
  },
  {
    ...fullName('Nils', 'Zetterberg'),
    identity: everywhere({ naver: null, ctrlHub: null, agreement: 'nothing' }),
    mailbox: 'zetterberg',
  },

  {
    ...fullName('Sun-hee', 'Moon', { ko_KR: '문선희' }),
    identity: everywhere({ lucca: null, ctrlHub: null, naverKey: 'neither' }),
  },
];

function fullName(givenName: string, familyName: string, nativeNames: Record<string, string> = {}): FullName {
  return { givenName, familyName, nativeNames };
}
