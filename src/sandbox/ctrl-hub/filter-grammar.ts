/** name(argument, ...), the form of both filter dialects. */
export type Call = { kind: 'call'; name: string; arguments: Argument[] };

export type Argument = Call | { kind: 'quoted' | 'bare'; text: string } | { kind: 'list'; items: string[] };

export class InvalidFilter extends Error {
  override readonly name = 'InvalidFilter';
}

/**
 * Parses the value of `filter` into calls; '' has none. This is the grammar that the two dialects of the Ctrl Hub SDK for
 * Kotlin share; it does not check the names of filters:
 *
 *     filter   = [ call *( "," call ) ]
 *     call     = name "(" [ argument *( "," argument ) ] ")"
 *     argument = call / quoted / list / bare
 *     quoted   = "'" *( "\'" / any character but "'" ) "'"
 *     list     = "[" bare *( "," bare ) "]"
 *     bare     = 1*( any character but "'", ",", "(", ")", "[" and "]" )
 *
 * A backslash is special only before a quote. Throws InvalidFilter with the position of the character, from 1.
 */
export function parseFilter(text: string): Call[] {
  if (text === '') return [];
  const reader = new FilterReader(text);
  const calls = reader.separated(() => reader.call());
  reader.expectEnd();
  return calls;
}

class FilterReader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  separated<Item>(readItem: () => Item): Item[] {
    const items = [readItem()];
    while (this.#skip(',')) items.push(readItem());
    return items;
  }

  call(): Call {
    return this.#callNamed(this.#bare());
  }

  expectEnd(): void {
    if (this.#position < this.#text.length) throw this.#unexpected('the end');
  }

  #callNamed(name: string): Call {
    this.#expect('(');
    if (this.#skip(')')) return { kind: 'call', name, arguments: [] };
    const given = this.separated(() => this.#argument());
    this.#expect(')');
    return { kind: 'call', name, arguments: given };
  }

  #argument(): Argument {
    if (this.#skip("'")) return { kind: 'quoted', text: this.#restOfQuoted() };
    if (this.#skip('[')) return { kind: 'list', items: this.#restOfList() };
    const text = this.#bare();
    return this.#peek() === '(' ? this.#callNamed(text) : { kind: 'bare', text };
  }

  #restOfQuoted(): string {
    const text = this.#match(/(?:\\'|[^'])*/y, 'a value');
    this.#expect("'");
    return text.replaceAll("\\'", "'");
  }

  #restOfList(): string[] {
    const items = this.separated(() => this.#bare());
    this.#expect(']');
    return items;
  }

  #bare(): string {
    return this.#match(/[^',()[\]]+/y, 'a name or a value');
  }

  /** Consumes the match of the sticky pattern at the current position. */
  #match(pattern: RegExp, wanted: string): string {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw this.#unexpected(wanted);
    this.#position += found.length;
    return found;
  }

  #expect(character: string): void {
    if (!this.#skip(character)) throw this.#unexpected(`"${character}"`);
  }

  #skip(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#position += 1;
    return true;
  }

  #peek(): string | undefined {
    return this.#text[this.#position];
  }

  #unexpected(wanted: string): InvalidFilter {
    const found = this.#peek() === undefined ? 'the end' : `"${this.#peek()}"`;
    return new InvalidFilter(`Expected ${wanted} but found ${found} at character ${this.#position + 1}.`);
  }
}
