export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };

const MAX_DEPTH = 64;
/** V8 tells longer strings apart by their length alone when it looks them up. */
const LONGEST_NAME = 16_383;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
/** Of the control characters JSON forbids those below U+0020 only. */
const PLAIN = /[^"\\\p{Cc}]*(?:[\u007f-\u009f][^"\\\p{Cc}]*)*/uy;
const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
/** A double holds every whole number of so many digits. */
const SAFE_DIGITS = 15;
/** As assignment makes a member, but for the name that assignment takes for the prototype. */
const OWN = { configurable: true, enumerable: true, writable: true };
const LITERALS: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Parses I-JSON (RFC 7493): JSON whose meaning no two readers can differ on. Refuses duplicate names, lone
 * surrogates, numbers a double cannot hold, names above 16,383 characters, and nesting deeper than 64. Throws SyntaxError
 * naming the offset.
 */
export function parseStrictJson(text: string): JsonValue {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

/**
 * The same for an object of many members, which are handed over one by one; each may consist of `mostParts` values at
 * most. Throws SyntaxError, also where the text is no object.
 */
export function eachStrictMember(
  text: string,
  mostParts: number,
  visit: (name: string, value: JsonValue) => void,
): void {
  const reader = new Reader(text, mostParts);
  reader.members(visit);
  reader.end();
}

class Reader {
  readonly #text: string;
  readonly #mostParts: number;
  #parts = 0;
  #at = 0;

  constructor(text: string, mostParts = Number.POSITIVE_INFINITY) {
    this.#text = text;
    this.#mostParts = mostParts;
  }

  value(depth: number): JsonValue {
    this.#parts += 1;
    if (this.#parts > this.#mostParts) throw this.#wrong(`a member of more than ${this.#mostParts} values`);
    if (depth > MAX_DEPTH) throw this.#wrong(`nesting deeper than ${MAX_DEPTH}`);
    this.#space();
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    if (first === '"') return this.#string();
    for (const [word, value] of LITERALS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    return this.#number();
  }

  /** Hands over the members of an object in their order. */
  members(visit: (name: string, value: JsonValue) => void): void {
    const names = new Set<string>();
    this.#space();
    if (this.#text[this.#at] !== '{') throw this.#wrong('an object is missing');
    this.#list('}', () => {
      const name = this.#name((known) => names.has(known));
      names.add(name);
      this.#parts = 0;
      visit(name, this.value(1));
    });
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) throw this.#wrong('something after the end of the JSON value');
  }

  #object(depth: number): JsonValue {
    const members: Record<string, JsonValue> = {};
    this.#list('}', () => {
      const name = this.#name((known) => Object.hasOwn(members, known));
      const value = this.value(depth + 1);
      if (name === '__proto__') Object.defineProperty(members, name, { value, ...OWN });
      else members[name] = value;
    });
    return members;
  }

  /** A member's name and its colon. */
  #name(isKnown: (name: string) => boolean): string {
    this.#space();
    if (this.#text[this.#at] !== '"') throw this.#wrong('a name in double quotes is missing');
    const name = this.#string();
    if (name.length > LONGEST_NAME) throw this.#wrong(`a name of more than ${LONGEST_NAME} characters`);
    if (isKnown(name)) throw this.#wrong(`the name ${JSON.stringify(name)} stands twice in one object`);
    this.#space();
    if (!this.#take(':')) throw this.#wrong('a colon is missing');
    return name;
  }

  #array(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    this.#list(']', () => items.push(this.value(depth + 1)));
    return items;
  }

  #list(close: string, item: () => void): void {
    this.#at += 1;
    this.#space();
    if (this.#take(close)) return;
    do {
      item();
      this.#space();
    } while (this.#take(','));
    if (!this.#take(close)) throw this.#wrong(`a comma or ${close} is missing`);
  }

  /** The string that starts here, if nothing in it needs a closer look; null leaves the place as it is. */
  #plainString(): string | null {
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) {
        const value = this.#text.slice(this.#at + 1, at);
        this.#at = at + 1;
        return value;
      }
      if (code < 0x20 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff)) return null;
    }
    return null;
  }

  #string(): string {
    const plain = this.#plainString();
    if (plain !== null) return plain;
    const start = this.#at;
    this.#at += 1;
    let value = '';
    for (;;) {
      value += this.#match(PLAIN);
      if (this.#take('"')) break;
      if (!this.#take('\\')) throw this.#wrong('a string is not closed, or holds a control character');
      value += this.#escape();
    }
    if (/\p{Surrogate}/u.test(value)) throw this.#wrong('a string holds half a surrogate pair', start);
    return value;
  }

  #escape(): string {
    const letter = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (letter === 'u') {
      const hex = this.#text.slice(this.#at, this.#at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw this.#wrong('an escape \\u without four hex digits');
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const character = ESCAPES[letter];
    if (character === undefined) throw this.#wrong('an unknown escape');
    return character;
  }

  /** The whole number above 0 that starts here, if it is short and nothing but digits; null leaves the place as it is. */
  #plainNumber(): number | null {
    let at = this.#at;
    let number = 0;
    for (let code = this.#text.charCodeAt(at); isDigit(code); code = this.#text.charCodeAt(at)) {
      number = number * 10 + code - 0x30;
      if (number === 0 || at - this.#at >= SAFE_DIGITS) return null;
      at += 1;
    }
    const next = this.#text[at];
    if (number === 0 || next === '.' || next === 'e' || next === 'E') return null;
    this.#at = at;
    return number;
  }

  #number(): number {
    const plain = this.#plainNumber();
    if (plain !== null) return plain;
    const start = this.#at;
    NUMBER.lastIndex = start;
    const match = NUMBER.exec(this.#text);
    if (match === null) throw this.#wrong('a JSON value is missing');
    const literal = match[0];
    this.#at += literal.length;
    const number = Number(literal);
    const whole = match[1] === undefined && match[2] === undefined;
    const digits = literal
      .replace(/[eE].*/, '')
      .replace(/[-.]/g, '')
      .replace(/^0+/, '').length;
    if (!Number.isFinite(number) || (whole ? !Number.isSafeInteger(number) : digits > 17)) {
      throw this.#wrong(
        `the number ${literal.slice(0, 40)} is larger or finer than a double holds exactly`,
        start,
      );
    }
    return number;
  }

  #space(): void {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at += 1;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #wrong(what: string, at = this.#at): SyntaxError {
    return new SyntaxError(`${what} (at character ${at})`);
  }
}
