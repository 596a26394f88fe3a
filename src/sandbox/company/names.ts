import type { Random } from './random.ts';
import { spread } from './spread.ts';

export type FullName = {
  /** Empty for people with only one name. */
  givenName: string;
  familyName: string;
  /** The whole name in its own script, by NAVER's form of a locale (ko_KR); empty if that script is Latin. */
  nativeNames: Record<string, string>;
};

type Culture = { given: string[]; family: string[]; native?: { locale: string; separator: string } };

const korean: Culture = {
  given: list(
    'Jiho/지호, Seoyeon/서연, Minjun/민준, Haeun/하은, Dohyun/도현, Yuna/유나, Sungmin/성민, Eunji/은지, Ji-woo/지우',
  ),
  family: list('Kim/김, Lee/이, Park/박, Choi/최, Jung/정, Kang/강, Yoon/윤, Hwang/황, Namgung/남궁, Seo/서'),
  native: { locale: 'ko_KR', separator: '' },
};
const japanese: Culture = {
  given: list('Haruka/春香, Kenta/健太, Yui/結衣, Takumi/拓海, Jun’ichi/純一, Sakura/桜, Ryo/涼'),
  family: list('Sato/佐藤, Suzuki/鈴木, Ōta/太田, Yamamoto/山本, Kobayashi/小林, Itō/伊藤'),
  native: { locale: 'ja_JP', separator: ' ' },
};
const french: Culture = {
  given: list('Anaïs, Jean-Baptiste, Chloé, Benoît, Marie-Ève, Théo, Gaëlle, Loïc, Maëlys, Anne-Françoise'),
  family: list("Lefèvre, D'Aubigné, de La Tour, Dupont-Moretti, Bénard, L'Hermitte, Garçon, Noël, Château, Œuvrard"),
};
const portuguese: Culture = {
  given: list('João, Conceição, Inês, Luís Miguel, Beatriz, Tomás, Mafalda, Simão'),
  family: list('da Conceição, dos Santos, Araújo, Magalhães, Sá e Melo, Falcão, Brandão, Simões'),
};
const arabic: Culture = {
  given: list("Yūsuf, Nour, Abd al-Rahman, Lina, Omar, Aïcha, Khalid, Samira, Ra'ed"),
  family: list("al-Khatib, Ben Youssef, El Amrani, Haddad, al-Sa'di, Bin Rashid, Mansouri"),
};
const german: Culture = {
  given: list('Jürgen, Käthe, Sören, Anneliese, Björn, Hans-Peter, Ulrike, Götz'),
  family: list('Müller, Großmann, Schäfer, von Österreicher, Weiß, Jäger, Böhm-Krüger, Köhler'),
};
const nigerian: Culture = {
  given: list('Chinedu, Ọlá, Ngozi, Babátúndé, Ifeoma, Emeka, Fọláṣadé, Tunde'),
  family: list('Okafor, Adébáyọ̀, Nwosu, Ọlátúnjí, Eze, Balogun, Okonkwo-Bello'),
};
const indian: Culture = {
  given: list('Ananya, Rohan, Priya, Venkata Ramana, Kavya, Arjun, Meera, S. K.'),
  family: list("Iyer, Patel, Chattopadhyay, Subramanian, D'Souza, Singh, Reddy, Kaur Gill"),
};
const polish: Culture = {
  given: list('Łukasz, Małgorzata, Paweł, Żaneta, Stanisław, Agnieszka, Józef'),
  family: list('Wiśniewska, Wójcik, Żółkiewski, Dąbrowska-Nowak, Łęcki, Kościuszko, Sędziak'),
};
const dutch: Culture = {
  given: list('Daan, Fleur, Thijs, Noor, Sjoerd, Mies'),
  family: list("van der Berg, de Vries, van 't Hoff, ter Horst, 's-Gravesande, van den Broek"),
};
const irish: Culture = {
  given: list('Aoife, Seán, Niamh, Cillian, Róisín'),
  family: list("O'Brien, O’Sullivan, McCarthy, Ó Murchú, Fitzgerald-O'Shea"),
};
const turkish: Culture = { given: list('İlker, Ayşe, Çağla, Oğuz'), family: list('Öztürk, Yıldız, Şahin, Güneş') };
const vietnamese: Culture = { given: list('Thị Hương, Minh Đức, Anh'), family: list('Nguyễn, Trần, Đặng, Phạm') };
const singleNamed: Culture = { given: [''], family: list('Suparman, Wulandari, Ketut, Thiri') };

const cultureOf = spread<Culture>([
  [14, korean],
  [9, french],
  [5, portuguese],
  [5, arabic],
  [5, japanese],
  [5, nigerian],
  [5, indian],
  [4, german],
  [4, polish],
  [3, dutch],
  [3, irish],
  [2, turkish],
  [2, vietnamese],
  [1, singleNamed],
]);

/** The invented name of person number n. */
export function inventName(number: number, random: Random): FullName {
  const { given, family, native } = cultureOf({ number, isRegular: false });
  const [givenName = '', nativeGiven = ''] = random.pick(given).split('/');
  const [familyName = '', nativeFamily = ''] = random.pick(family).split('/');
  const nativeNames = native ? { [native.locale]: `${nativeFamily}${native.separator}${nativeGiven}` } : {};
  return { givenName, familyName, nativeNames };
}

/** The mailbox that a company would make from a name: `Łukasz`, `van 't Hoff` becomes `lukasz.vanthoff`. */
export function localPart({ givenName, familyName }: FullName): string {
  return [givenName, familyName].map(inPlainLetters).filter(Boolean).join('.');
}

/** Letters that Unicode does not decompose into a base letter and a mark. */
const whole: Record<string, string> = { ł: 'l', đ: 'd', ß: 'ss', œ: 'oe', ı: 'i', ø: 'o', æ: 'ae' };

function inPlainLetters(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[łđßœıøæ]/g, (letter) => whole[letter] ?? '')
    .replace(/[^a-z-]/g, '')
    .replace(/^-+|-+$/g, '');
}

function list(names: string): string[] {
  return names.split(', ');
}
