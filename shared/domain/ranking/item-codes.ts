/**
 * What a replay counts of an item, as numbers: hashing its texts again for every candidate costs as much as ranking.
 * The same within one thread whichever snapshot an item comes from; −1 where the item has no such text, and NAMELESS where
 * it is empty, which is a value though no kind.
 */
export interface ItemCodes {
  /** In `authors`. */
  readonly author: number;
  /** In `kinds`, as `item.category=…`. */
  readonly category: number;
  /** In `kinds`, as `item.language=…`. */
  readonly language: number;
  /** Milliseconds since 1970; NaN unknown. */
  readonly uploaded: number;
}

export const NAMELESS = -2;

/** What the codes are made from. */
interface Coded {
  readonly authorId: string | null;
  readonly category: string | null;
  readonly language: string | null;
  readonly uploadedAt: string | null;
}

/** An integer in its only form that a number holds exactly. */
const INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;

/** An id, as a number where it spells one: those are handed on and found again in a fraction of the time. */
export const idKey = (id: string): string | number => (INTEGER.test(id) ? Number(id) : id);

/** Numbers texts from 0 in the order they are met. */
export class Codes {
  readonly #codes = new Map<string, number>();
  readonly #texts: string[] = [];
  readonly #ids: (string | number)[] = [];

  get size(): number {
    return this.#texts.length;
  }

  of(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    this.#codes.set(text, this.#texts.length);
    this.#ids.push(idKey(text));
    return this.#texts.push(text) - 1;
  }

  textOf(code: number): string {
    return this.#texts[code] ?? '';
  }

  /** `idKey` of the text. */
  idOf(code: number): string | number {
    return this.#ids[code] ?? '';
  }
}

export const authors = new Codes();
export const kinds = new Codes();

export function codesOf({ authorId, category, language, uploadedAt }: Coded): ItemCodes {
  return {
    author: authorId === null ? -1 : authors.of(authorId),
    category: kindCode('item.category', category),
    language: kindCode('item.language', language),
    uploaded: uploadedAt === null ? NaN : Date.parse(uploadedAt),
  };
}

/** By kind the value alone. */
const values = new Map<number, string>([[NAMELESS, '']]);

/** The inverse of a category's or a language's code. */
export const valueOfKind = (code: number): string | null => values.get(code) ?? null;

function kindCode(attribute: string, value: string | null): number {
  if (value === null) return -1;
  if (value === '') return NAMELESS;
  const code = kinds.of(`${attribute}=${value}`);
  if (!values.has(code)) values.set(code, value);
  return code;
}
