import { GROUPS } from '../statistics/jackknife.ts';

/** Bits of a float32 that are dropped to tell scores apart: those that remain differ by 1 part in 512 or more. */
const DROPPED_BITS = 14;
const OCTAVE_BITS = 23 - DROPPED_BITS;
/** Scores from one power of two to the next that are told apart. */
const SCORES = 1 << OCTAVE_BITS;
/** So many powers of two below 1; what lies below 2⁻³² counts as the least of all. */
const OCTAVES = 32;
const LEAST = (0x3f800000 >>> DROPPED_BITS) - OCTAVES * SCORES;

/**
 * How many predictions of each group of requests have each score, by octave at `group × 512 + score`; null where none
 * falls into the octave. Scores within 1 part in 512 of each other are one. It can be handed to another thread.
 */
export type ScoreCounts = (Uint32Array | null)[];

export const noScores = (): ScoreCounts => Array.from({ length: OCTAVES + 1 }, () => null);

/** Counts a prediction from 0 to 1, given by the bits of its float32. */
export function countScore(counts: ScoreCounts, bits: number, group: number): void {
  const score = Math.max(0, (bits >>> DROPPED_BITS) - LEAST);
  const octave = score >>> OCTAVE_BITS;
  const own = counts[octave] ?? new Uint32Array(GROUPS * SCORES);
  counts[octave] = own;
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
