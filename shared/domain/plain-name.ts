/** Alphabets whose letters look alike. */
const ALPHABETS = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
] as const;

/**
 * Why the eye could take a name for another one, or null: it holds a character that is not seen or turns the line
 * round, or mixes alphabets that look alike within one word.
 */
export function misreadBecause(name: string): string | null {
  if (/\p{C}/u.test(name)) return 'holds a character that is not seen';
  for (const word of name.split(/[^\p{L}\p{M}]+/u)) {
    const found = ALPHABETS.filter(([, letters]) => letters.test(word)).map(([alphabet]) => alphabet);
    if (found.length > 1) return `mixes ${found.join(' and ')} letters in “${word}”`;
  }
  return null;
}
