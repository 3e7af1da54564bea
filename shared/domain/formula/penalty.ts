import type { FormulaHead } from './formula.ts';

/** Words by which the field names what a user does against an item. */
const AGAINST =
  /\b(hate|dislike|report|block|mute|hide|spam|abuse|negative|unfollow|not interested|not dwelled|see less|show less)\b/;

/** Why a head is a penalty, or null when nothing says so: its range forbids positive weights, or its name. */
export function penaltyReason(
  { name, output, min, max }: FormulaHead,
  negativeSignals: readonly string[],
): string | null {
  if (max !== null && max <= 0 && (min ?? -Infinity) < 0) return 'its range allows no positive weight';
  const names = [name, output ?? ''].map(plain);
  const signal = negativeSignals.find((signal) => names.some((name) => holds(name, plain(signal))));
  if (signal !== undefined) return `it predicts the negative signal ${signal}`;
  const word = names.map((name) => AGAINST.exec(name)?.[0]).find((found) => found !== undefined);
  return word === undefined ? null : `its name says ${word}`;
}

/** `p_notInterested-v2` → ` p not interested v2 `: words between blanks. */
const plain = (name: string): string =>
  ` ${name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()} `;

const holds = (name: string, words: string): boolean => name.includes(` ${words.trim()} `);
