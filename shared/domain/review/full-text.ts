/** A letter, with the marks on it, of a script that is written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*/gu;

/** The last word of a search may go on from so many letters; one letter alone would begin half of all words. */
const PREFIX_FROM = 2;

/** Text as it enters the full-text index: each letter of a script without spaces is a word, so that any part is found. */
export const searchable = (text: string): string => text.normalize('NFKC').replace(UNSPACED, ' $& ');

const ASCII = /^[\0-\x7f]*$/;

/**
 * Text as it is compared part by part, as the full-text index compares words: whatever the case of its letters, in every
 * script that has one, and their accents, and however they are composed. Σ has one small letter.
 */
export function folded(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const large = text.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKD');
  const bare = large.replace(/[\u0300-\u036f]/g, '').normalize('NFKC');
  return bare.toLowerCase().replaceAll('ς', 'σ');
}

/**
 * A person's words as a query of the columns `note` and `caption`: each word must occur, the last one may go on. What
 * they type is words and never an operator. Null when there is no word.
 */
export function matchQuery(text: string): string | null {
  const words = text.normalize('NFKC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const last = words.at(-1);
  if (last === undefined) return null;
  const goesOn = Array.from(last).length >= PREFIX_FROM && last.search(UNSPACED) < 0;
  const phrases = words.map((word) => `"${searchable(word).trim()}"`).join(' AND ');
  return `{note caption} : (${phrases}${goesOn ? '*' : ''})`;
}
