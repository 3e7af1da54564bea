import { GROUPS } from '../statistics/jackknife.ts';

/** Bits of a float32 that are dropped to tell scores apart: those that remain differ by 1 part in 512 or more. */
const DROPPED_BITS = 14;
const OCTAVE_BITS = 23 - DROPPED_BITS;
/** Scores from one power of two to the next that are told apart. */
const SCORES = 1 << OCTAVE_BITS;
/** So many powers of two below 1; what lies below 2⁻³², or that near to 1, counts as the least, or the most, of all. */
const OCTAVES = 32;
const LEAST = (0x3f800000 >>> DROPPED_BITS) - OCTAVES * SCORES;
/** Octaves of scores up to a half, then, turned round, of how far scores above it are from 1. */
const ALL = 2 * (OCTAVES + 1);
const LAST = ALL * SCORES - 1;

/**
 * How many predictions of each group of requests have each score, by octave at `group × 512 + score`; null where none
 * falls into the octave. Scores that differ from each other by less than 1 part in 512 of how far they are from the
 * nearer of 0 and 1 are one. It can be handed to another thread.
 */
export type ScoreCounts = (Uint32Array | null)[];

export const noScores = (): ScoreCounts => Array.from({ length: ALL }, () => null);

/**
 * Counts a prediction from 0 to 1, given by the bits of its float32, or where it is above a half by those of its
 * distance from 1, which is a float32 as well.
 */
export function countScore(counts: ScoreCounts, bits: number, aboveHalf: boolean, group: number): void {
  const near = Math.max(0, (bits >>> DROPPED_BITS) - LEAST);
  const score = aboveHalf ? LAST - near : near;
  const octave = score >>> OCTAVE_BITS;
  const own = counts[octave] ?? (counts[octave] = new Uint32Array(GROUPS * SCORES));
  const place = group * SCORES + (score & (SCORES - 1));
  own[place] = (own[place] ?? 0) + 1;
}

/** Of each group its counts by score, lowest first, of the octaves that any of `all` has. */
export function scoresByGroup(counts: ScoreCounts, all: readonly ScoreCounts[]): Float64Array[] {
  const octaves = [...counts.keys()].filter((octave) => all.some((each) => (each[octave] ?? null) !== null));
  return Array.from({ length: GROUPS }, (_, group) => {
    const row = new Float64Array(octaves.length * SCORES);
    for (const [at, octave] of octaves.entries()) {
      const own = counts[octave] ?? null;
      if (own !== null) row.set(own.subarray(group * SCORES, (group + 1) * SCORES), at * SCORES);
    }
    return row;
  });
}
