/** How hard a passphrase is to guess, by what can be told from the text alone. */
export interface PassphraseStrength {
  /** log₂ of the guesses an attacker needs who knows how people build passphrases; rounded down. */
  readonly bits: number;
  readonly verdict: 'too short' | 'weak' | 'fair' | 'good' | 'strong';
  /** What would help, or what the estimate cannot know. */
  readonly advice: string;
}

export const PASSPHRASE_MINIMUM = 12;

/** A word drawn by dice is one of 7776 (the EFF's long list). */
const BITS_PER_WORD = Math.log2(7776);
const VERDICTS = [
  [45, 'weak'],
  [60, 'fair'],
  [77, 'good'],
] as const;

/**
 * The smaller of two estimates: character by character, where a repetition or a step of a row such as abc or 321
 * counts one bit, and word by word. It cannot know that words come from a song or a name from a family.
 */
export function passphraseStrength(passphrase: string): PassphraseStrength {
  const characters = Array.from(passphrase);
  const bits = Math.floor(Math.min(byCharacter(characters), byWord(passphrase)));
  if (characters.length < PASSPHRASE_MINIMUM)
    return { bits, verdict: 'too short', advice: `Use ${PASSPHRASE_MINIMUM} characters at least.` };
  const verdict = VERDICTS.find(([limit]) => bits < limit)?.[1] ?? 'strong';
  const advice =
    verdict === 'weak' || verdict === 'fair'
      ? 'Add words that have nothing to do with one another; six drawn by dice are strong.'
      : 'This counts only if nobody can look it up: no quotation, no name, not used elsewhere.';
  return { bits, verdict, advice };
}

function byCharacter(characters: readonly string[]): number {
  const pool = Math.log2(poolOf(characters.join('')));
  let bits = 0;
  for (const [at, character] of characters.entries()) {
    const step = (character.codePointAt(0) ?? 0) - (characters[at - 1]?.codePointAt(0) ?? Number.NaN);
    bits += Math.abs(step) <= 1 ? 1 : pool;
  }
  return bits;
}

function poolOf(text: string): number {
  const classes: [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[ -/:-@[-`{-~]/, 33],
    [/[^ -~]/, 100],
  ];
  return classes.reduce((sum, [pattern, size]) => sum + (pattern.test(text) ? size : 0), 1);
}

/** Each distinct word counts as one of a list, whatever its length; what stands between, each character fully once. */
function byWord(text: string): number {
  const words = new Set((text.match(/\p{L}{3,}/gu) ?? []).map((word) => word.toLowerCase()));
  const between = Array.from(text.replaceAll(/\p{L}{3,}/gu, ''));
  const distinct = new Set(between).size;
  const pool = Math.log2(poolOf(between.join('')));
  const drawn = [...words].reduce(
    (sum, word) => sum + Math.min(BITS_PER_WORD, byCharacter(Array.from(word))),
    0,
  );
  return drawn + distinct * pool + (between.length - distinct);
}
