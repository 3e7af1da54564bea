import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auc, groupedAuc, type Scored } from '../../../resources/sample/build/auc.ts';

const rows = (positive: readonly number[], negative: readonly number[]): Scored[] => [
  ...positive.map((score) => ({ score, positive: true })),
  ...negative.map((score) => ({ score, positive: false })),
];

const scored = fc.array(fc.record({ score: fc.integer({ min: 0, max: 6 }), positive: fc.boolean() }), {
  maxLength: 40,
});

/** The definition, pair by pair. */
function byDefinition(all: readonly Scored[]): number | null {
  const positives = all.filter(({ positive }) => positive);
  const negatives = all.filter(({ positive }) => !positive);
  const wins = positives.flatMap((a): number[] =>
    negatives.map((b) => (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0)),
  );
  return wins.length === 0 ? null : wins.reduce((sum, win) => sum + win, 0) / wins.length;
}

describe('area under the ROC curve', () => {
  test("is 0.75 on the example of scikit-learn's roc_auc_score", () => {
    expect(auc(rows([0.35, 0.8], [0.1, 0.4]))).toBe(0.75);
  });

  test('counts a tie as half: 2 and 1 against 1 and 0 win 3.5 of 4 pairs', () => {
    expect(auc(rows([2, 1], [1, 0]))).toBe(0.875);
  });

  test('is 0.5 where every score is the same, 1 and 0 where the kinds part', () => {
    expect(auc(rows([3, 3], [3, 3, 3]))).toBe(0.5);
    expect(auc(rows([5, 4], [3, 2]))).toBe(1);
    expect(auc(rows([1], [2, 3]))).toBe(0);
  });

  test('has no value without both kinds', () => {
    expect(auc(rows([1, 2], []))).toBeNull();
    expect(auc(rows([], [1]))).toBeNull();
  });

  test('is the share of pairs that a positive row wins, whatever the rows', () => {
    fc.assert(
      fc.property(scored, (all) => {
        const expected = byDefinition(all);
        if (expected === null) expect(auc(all)).toBeNull();
        else expect(auc(all)).toBeCloseTo(expected, 12);
      }),
    );
  });

  test('within groups counts no pair across groups', () => {
    // Within the groups 1 of 1 and 0 of 2 pairs are won; across them the second group's positive would lose too.
    expect(groupedAuc([rows([9], [8]), rows([1], [2, 3])])).toBeCloseTo(1 / 3, 12);
    expect(groupedAuc([rows([1, 2], []), rows([], [3])])).toBeNull();
  });
});
