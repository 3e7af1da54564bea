import type { Measure, SliceMeasure, TestMethod } from '../../../shared/domain/replay/report.ts';

/** How a p value was made where not single requests were swapped: a word beside the number, and what it means. */
const TESTS: Readonly<Record<TestMethod, { readonly word: string; readonly meaning: string }>> = {
  'group randomisation': {
    word: 'groups swapped',
    meaning:
      'It is no mean over requests: the rankers of 32 groups of requests were swapped at random (paired randomisation)',
  },
  'user randomisation': {
    word: 'users swapped',
    meaning:
      'The rankers of users were swapped at random, each with all their requests (paired randomisation)',
  },
  'bootstrap normal': {
    word: 'normal',
    meaning:
      'Both estimates rest on one log: their difference over the spread of its bootstrap draws, taken as normal (Wald’s test)',
  },
};

/** null: requests were swapped, as the head of the column says, or nothing was tested. */
export const testOf = ({ test, p }: Pick<Measure, 'test' | 'p'>) =>
  test === undefined || p === null ? null : TESTS[test];

/** Why a measure has no p value. */
export function untestedBecause({ baseline, difference, p }: SliceMeasure): {
  word: string;
  reason: string;
} {
  if (difference === null)
    return { word: 'no evidence', reason: 'There is no difference that could be tested' };
  if (p === null)
    return {
      word: 'all ties',
      reason: 'Nothing differs however the rankers are swapped, so no test is possible',
    };
  if (baseline === null)
    return {
      word: 'compares both',
      reason: 'It compares the two feeds and has no side of its own, so there is nothing to swap',
    };
  return {
    word: 'not tested',
    reason: 'The report was made without a test of this measure; replay it again',
  };
}
