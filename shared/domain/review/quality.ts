import { z } from 'zod';
import { wilsonInterval } from '../statistics/wilson.ts';
import type { GoldenAnswer } from './campaign.ts';
import type { Ruling } from './decision.ts';
import { AUDIT_OUTCOMES, AuditOutcome } from './lead-audit.ts';

/** How often something held, of how often it was looked at, with a 95 % interval; null ends where nobody looked. */
const Share = z.object({
  hits: z.int(),
  of: z.int(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Share = z.infer<typeof Share>;

const Audits = z.record(AuditOutcome, z.int());

/** How long a person takes for a feed. */
const Pace = z.object({
  /** Seconds, the median of `feeds` of them. */
  median: z.number(),
  feeds: z.int(),
});

export const ReviewerQuality = z.object({
  person: z.string(),
  feeds: z.int(),
  decisions: z.int(),
  reversed: z.int(),
  /** Golden feeds whose every known answer was found. */
  golden: Share,
  /** Verdicts that another reviewer of a feed drawn for second review gave alike. */
  second: Share,
  audits: Audits,
  /** null where too few feeds followed each other without a break. */
  pace: Pace.nullable(),
});
export type ReviewerQuality = z.infer<typeof ReviewerQuality>;

export const PolicyQuality = z.object({
  policy: z.string(),
  decisions: z.int(),
  reversed: z.int(),
  audits: Audits,
});
export type PolicyQuality = z.infer<typeof PolicyQuality>;

export const Quality = z.object({
  reviewers: z.array(ReviewerQuality),
  /** All reviewers together; `person` is empty. */
  team: ReviewerQuality,
  policies: z.array(PolicyQuality),
});
export type Quality = z.infer<typeof Quality>;

/** A longer time between two submissions is a break and not work. */
const BREAK_SECONDS = 30 * 60;
const LEAST_TIMED = 3;

/** Seconds between each submission and the one before it, breaks left out. `at`: milliseconds, in order of time. */
export const timesOf = (at: readonly number[]): number[] =>
  at
    .slice(1)
    .map((end, place) => (end - (at[place] ?? end)) / 1000)
    .filter((seconds) => seconds <= BREAK_SECONDS);

/** The pace that such times make; null for fewer than three. */
export function paceOf(seconds: readonly number[]): z.infer<typeof Pace> | null {
  if (seconds.length < LEAST_TIMED) return null;
  const sorted = seconds.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? upper) : upper;
  return { median: (lower + upper) / 2, feeds: sorted.length };
}

export const shareOf = (hits: number, of: number): Share => ({
  hits,
  of,
  ...(of === 0 ? { low: null, high: null } : wilsonInterval(hits, of)),
});

/** How often each outcome was found; those never found count 0. */
export const tallyAudits = (outcomes: readonly AuditOutcome[]): z.infer<typeof Audits> => {
  const count = (outcome: AuditOutcome): number => outcomes.filter((found) => found === outcome).length;
  const [upheld, falsePositive, falseNegative, wrongPolicy, technical] = AUDIT_OUTCOMES;
  return {
    [upheld]: count(upheld),
    [falsePositive]: count(falsePositive),
    [falseNegative]: count(falseNegative),
    [wrongPolicy]: count(wrongPolicy),
    [technical]: count(technical),
  };
};

/** Whether a person's rulings on a golden feed hold every known answer; `left` is the release shown at the left. */
export function answersGolden(
  rulings: readonly Ruling[],
  { verdict, items }: GoldenAnswer,
  left: 'baseline' | 'candidate',
): boolean {
  const given = rulings.map((ruling) => verdictOf(ruling, left)).find((found) => found !== null);
  return (
    given === verdict &&
    items.every(({ itemId, actions }) => {
      const ruling = rulings.find((found) => found.kind === 'item' && found.itemId === itemId);
      const done = ruling?.kind === 'item' ? ruling.actions : ['fine'];
      return done.toSorted().join() === actions.toSorted().join();
    })
  );
}

/** A verdict on a feed; a preference for a side is turned into the release that stood there. Null for an item. */
export function verdictOf(ruling: Ruling, left: 'baseline' | 'candidate'): string | null {
  if (ruling.kind === 'item') return null;
  return ruling.kind === 'feed' ? ruling.verdict : uncoveredVerdict(ruling.preferred, left);
}

/** A verdict, with a side turned into the release that stood there. */
export function uncoveredVerdict(verdict: string, left: 'baseline' | 'candidate'): string {
  const right = left === 'baseline' ? 'candidate' : 'baseline';
  return verdict === 'left' ? left : verdict === 'right' ? right : verdict;
}

/**
 * Sums reviewers up: each pair of verdicts and each golden feed counts for everybody who gave one. `seconds`: the times
 * of all of them.
 */
export function teamQuality(
  reviewers: readonly ReviewerQuality[],
  seconds: readonly number[],
): ReviewerQuality {
  const sum = (of: (reviewer: ReviewerQuality) => number): number =>
    reviewers.reduce((total, reviewer) => total + of(reviewer), 0);
  return {
    person: '',
    feeds: sum(({ feeds }) => feeds),
    decisions: sum(({ decisions }) => decisions),
    reversed: sum(({ reversed }) => reversed),
    golden: shareOf(
      sum(({ golden }) => golden.hits),
      sum(({ golden }) => golden.of),
    ),
    second: shareOf(
      sum(({ second }) => second.hits),
      sum(({ second }) => second.of),
    ),
    audits: tallyAudits(
      reviewers.flatMap(({ audits }) =>
        AUDIT_OUTCOMES.flatMap((outcome) => Array.from({ length: audits[outcome] }, () => outcome)),
      ),
    ),
    pace: paceOf(seconds),
  };
}
