import { z } from 'zod';
import { judged, type Judged } from './judged.ts';
import type { GateResult } from './verdict.ts';

/** What a review campaign says of a release. */
export interface ReviewFacts {
  /** Share of the drawn feeds that were judged by as many people as wanted. */
  readonly coverage: number;
  /** Krippendorff's alpha of the verdicts on feeds; null where too few were judged twice. */
  readonly agreement: number | null;
  readonly openEscalations: number;
  /** Verdicts against the release. */
  readonly dissent: number;
}

const LEAST = {
  review_coverage: {
    rule: (min: number) => `At least ${percent(min)} of the feeds drawn for review are judged`,
    unit: 'share of feeds',
    of: ({ coverage }: ReviewFacts) => coverage,
  },
  review_agreement: {
    rule: (min: number) => `Reviewers of the same feed agree, Krippendorff’s α at least ${min}`,
    unit: 'α',
    of: ({ agreement }: ReviewFacts) => agreement,
  },
} as const;

const MOST = {
  open_escalations: {
    rule: (max: number) => `At most ${max} escalations of the review are open`,
    unit: 'open',
    of: ({ openEscalations }: ReviewFacts) => openEscalations,
  },
  review_dissent: {
    rule: (max: number) => `At most ${max} verdicts of the review are against the release`,
    unit: 'verdicts',
    of: ({ dissent }: ReviewFacts) => dissent,
  },
} as const;

/** Fields of a gate that asks for at least something of the review. */
export const leastOfReview = {
  fact: z.enum(['review_coverage', 'review_agreement']),
  min: z.number().min(-1).max(1),
};
/** Fields of a gate that lets at most so much of the review pass. */
export const mostOfReview = {
  fact: z.enum(['open_escalations', 'review_dissent']),
  max: z.int().nonnegative(),
};

/** Facts that a review tells. */
export const factsOfReview: ReadonlySet<string> = new Set([...Object.keys(LEAST), ...Object.keys(MOST)]);

/** Whether a judged gate is about review; by its rule, which only such a gate has. */
export const isOfReview = ({ rule, threshold }: Pick<GateResult, 'rule' | 'threshold'>): boolean =>
  typeof threshold === 'number' &&
  [...Object.values(LEAST), ...Object.values(MOST)].some((asked) => asked.rule(threshold) === rule);

type Asked =
  | { readonly fact: keyof typeof LEAST; readonly min: number }
  | { readonly fact: keyof typeof MOST; readonly max: number };

/** `facts`: null where no review was held, undefined where nobody looked. */
export function judgeReview(gate: Asked, facts: ReviewFacts | null | undefined): Judged {
  const least = 'min' in gate;
  const threshold = least ? gate.min : gate.max;
  const { rule, unit, of } = 'min' in gate ? LEAST[gate.fact] : MOST[gate.fact];
  const measured = facts === null || facts === undefined ? null : of(facts);
  const passes = (found: number): boolean => (least ? found >= threshold : found <= threshold);
  return { rule: rule(threshold), threshold, unit, ...judged(measured, passes, missingBecause(facts)) };
}

function missingBecause(facts: ReviewFacts | null | undefined): string {
  if (facts === undefined)
    return 'A replay tells nothing of reviews; look on the sign-off page of the release, where its review is judged.';
  return facts === null
    ? 'No review of this release was held; draw feeds for one on the Review page.'
    : 'Too few feeds were judged by two people; let a second person judge some.';
}

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;
