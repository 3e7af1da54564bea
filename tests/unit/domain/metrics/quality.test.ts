import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capturedAt } from '../../../../shared/domain/metrics/captured.ts';
import { entropyAt } from '../../../../shared/domain/metrics/entropy.ts';
import { HeadQuality } from '../../../../shared/domain/metrics/head-quality.ts';
import { kendallTauB, kendallTauOfCommon } from '../../../../shared/domain/metrics/kendall-tau.ts';
import { ndcgAt } from '../../../../shared/domain/metrics/ndcg.ts';
import {
  averagePrecisionAt,
  precisionAt,
  recallAt,
  reciprocalRank,
} from '../../../../shared/domain/metrics/ranking-quality.ts';
import reference from '../../../fixtures/metrics/quality.json' with { type: 'json' };

const letters = (text: string): string[] => text.split('');
const gains = (...values: number[]): Float64Array => Float64Array.from(values);

describe('precision, recall, average precision and reciprocal rank', () => {
  it('are what trec_eval defines, in exact fractions', () => {
    for (const { relevance, feed, k, ...known } of reference.rankings) {
      const judged = gains(...relevance);
      expect(precisionAt(judged, feed, k)).toBeCloseTo(known.precision, 14);
      expect(recallAt(judged, feed, k)).toBeCloseTo(known.recall, 14);
      expect(averagePrecisionAt(judged, feed, k)).toBeCloseTo(known.averagePrecision, 14);
      expect(reciprocalRank(judged, feed)).toBeCloseTo(known.reciprocalRank, 14);
    }
  });

  it('give scikit-learn’s average precision where the whole order counts', () => {
    for (const { relevance, order, averagePrecisionUncut } of reference.rankings) {
      expect(averagePrecisionAt(gains(...relevance), order, order.length)).toBeCloseTo(
        averagePrecisionUncut,
        13,
      );
    }
  });

  it('come with scikit-learn’s nDCG at a cut, whose gain is linear as trec_eval’s', () => {
    for (const { relevance, order, k, ndcgOfOrder } of reference.rankings)
      expect(ndcgAt(gains(...relevance), order, k)).toBeCloseTo(ndcgOfOrder, 12);
  });

  it('divide precision by k though the feed is shorter, and recall by what the feed left out', () => {
    expect(precisionAt(gains(1, 0, 1), [0], 5)).toBe(1 / 5);
    expect(recallAt(gains(1, 0, 1), [0], 5)).toBe(1 / 2);
    expect(averagePrecisionAt(gains(1, 0, 1), [0], 5)).toBe(1 / 2);
  });

  it('take what nobody judged for not relevant, and say nothing without a relevant candidate', () => {
    expect(reciprocalRank(gains(NaN, 1), [0, 1])).toBe(1 / 2);
    for (const measure of [precisionAt, recallAt, averagePrecisionAt]) {
      expect(measure(gains(NaN, 0), [0, 1], 2)).toBeNull();
    }
    expect(reciprocalRank(gains(0, NaN), [0, 1])).toBeNull();
    expect(reciprocalRank(gains(0, 1), [0])).toBe(0);
  });
});

describe('captured play time', () => {
  it('is the share of what was observed that the first items hold', () => {
    expect(capturedAt(gains(3000, NaN, 1000), [1, 0, 2], 2)).toBe(3 / 4);
    expect(capturedAt(gains(3000, 1000), [0, 1], 9)).toBe(1);
    expect(capturedAt(gains(0, NaN), [0, 1], 2)).toBeNull();
  });
});

describe('Kendall’s tau-b', () => {
  it('is SciPy’s, ties included', () => {
    for (const { x, y, value } of reference.taus) expect(kendallTauB(x, y)).toBeCloseTo(value, 12);
  });

  it('of the example in SciPy’s reference is the −0.4714 published there', () => {
    expect(kendallTauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.47140452079103173, 12);
  });

  it('is 1 for one order, −1 for the reverse, and nothing where a row is all ties', () => {
    expect(kendallTauB([1, 2, 3], [4, 5, 9])).toBe(1);
    expect(kendallTauB([1, 2, 3], [3, 2, 1])).toBe(-1);
    expect(kendallTauB([1, 2, 3], [7, 7, 7])).toBeNull();
    expect(kendallTauB([1], [1])).toBeNull();
  });

  it('of two lists looks at what both hold', () => {
    expect(kendallTauOfCommon(letters('abcx'), letters('yabc'))).toBe(1);
    expect(kendallTauOfCommon(letters('abc'), letters('cba'))).toBe(-1);
    expect(kendallTauOfCommon(letters('ab'), letters('bc'))).toBeNull();
  });

  it('of common places is tau-b of those places', () => {
    const list = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const common = a.filter((element) => b.includes(element));
        const tau = kendallTauB(
          common.map((element) => a.indexOf(element)),
          common.map((element) => b.indexOf(element)),
        );
        const value = kendallTauOfCommon(a, b);
        if (tau === null) expect(value).toBeNull();
        else expect(value).toBeCloseTo(tau, 12);
      }),
    );
  });
});

describe('the quality of a head', () => {
  it('is scikit-learn’s AUC and the calibration error in exact fractions', () => {
    for (const { predicted, observed, auc, calibrationError } of reference.classifiers) {
      const head = new HeadQuality();
      head.add(Float32Array.from(predicted), Float32Array.from(observed));
      expect(head.areaUnderCurve).toBeCloseTo(auc, 12);
      expect(head.calibrationError).toBeCloseTo(calibrationError, 8);
    }
  });

  it('does not depend on the order of the observations to the last bit', () => {
    const row = fc.record({ p: fc.double({ min: 0, max: 1, noNaN: true }), o: fc.constantFrom(0, 1, NaN) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.nat(), (rows, cut) => {
        const whole = new HeadQuality();
        whole.add(
          Float32Array.from(rows, ({ p }) => p),
          Float32Array.from(rows, ({ o }) => o),
        );
        const turned = [...rows.slice(cut % 61), ...rows.slice(0, cut % 61)].toReversed();
        const parts = new HeadQuality();
        for (const { p, o } of turned) parts.add(Float32Array.of(p), Float32Array.of(o));
        expect(parts.calibrationError).toBe(whole.calibrationError);
        expect(parts.areaUnderCurve).toBe(whole.areaUnderCurve);
        expect(parts.reliability).toEqual(whole.reliability);
      }),
    );
  });

  it('tells scores apart as well near 1 as near 0: the area of what is turned round is the rest of 1', () => {
    const score = fc.integer({ min: 1, max: 20 }).map((octave) => 2 ** -octave);
    const row = fc.record({ p: score, o: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 60 }), (rows) => {
        const area = (turned: boolean): number | null => {
          const head = new HeadQuality();
          head.add(
            Float32Array.from(rows, ({ p }) => (turned ? 1 - p : p)),
            Float32Array.from(rows, ({ o }) => (o ? 1 : 0)),
          );
          return head.areaUnderCurve;
        };
        const [ups, downs] = [true, false].map((of) => rows.filter(({ o }) => o === of).map(({ p }) => p));
        const wins = (ups ?? []).flatMap((up) => (downs ?? []).map((down) => (Math.sign(up - down) + 1) / 2));
        if (wins.length === 0) expect(area(true)).toBeNull();
        else {
          const exact = wins.reduce((sum, win) => sum + win, 0) / wins.length;
          expect(area(false)).toBeCloseTo(exact, 12);
          expect(area(true)).toBeCloseTo(1 - exact, 12);
        }
      }),
    );
  });

  it('leaves out what was not observed and says nothing of nothing', () => {
    const head = new HeadQuality();
    head.add(Float32Array.of(0.2), Float32Array.of(NaN));
    expect([head.observations, head.areaUnderCurve, head.calibrationError]).toEqual([0, null, null]);
    head.add(Float32Array.of(0.2), Float32Array.of(1));
    expect(head.areaUnderCurve).toBeNull();
    expect(head.calibrationError).toBeCloseTo(0.8, 6);
    expect(head.reliability[3]).toMatchObject({ count: 1, observed: 1 });
  });
});

describe('entropy of kinds', () => {
  it('is SciPy’s in bits', () => {
    for (const { kinds, bits } of reference.entropies) {
      const order = kinds.map((_, at) => at);
      const numbers = kinds.map((kind) => (kind === null ? -1 : kinds.indexOf(kind)));
      expect(entropyAt(numbers, order, kinds.length)).toBeCloseTo(bits, 12);
    }
  });

  it('leaves out items of no kind', () => {
    expect(entropyAt([4, -1, 2], [0, 1, 2], 3)).toBe(1);
    expect(entropyAt([-1], [0], 1)).toBeNull();
  });
});
