import { describe, expect, it } from 'vitest';
import { HeadQuality } from '../../../../shared/domain/metrics/head-quality.ts';
import {
  concentrationIntervals,
  concentrationOf,
} from '../../../../shared/domain/replay/author-concentration.ts';
import { requestMark } from '../../../../shared/domain/replay/request-mark.ts';
import { groupOf, GROUPS, jackknifeInterval } from '../../../../shared/domain/statistics/jackknife.ts';
import { Random } from '../../../../shared/domain/statistics/random.ts';
import reference from '../../../fixtures/metrics/intervals.json' with { type: 'json' };

const random = new Random(3, 5, 8);
const uniform = (): number => (random.next() >>> 0) / 2 ** 32;
const groupsAtRandom = (): number => Math.floor(uniform() * GROUPS);

function quality(rows: Iterable<{ predicted: number; observed: number; group: number }>): HeadQuality {
  const head = new HeadQuality();
  for (const { predicted, observed, group } of rows)
    head.add(Float32Array.of(predicted), Float32Array.of(observed), group);
  return head;
}

/** How often intervals hold the mean of all figures. */
function covered(
  repeats: number,
  run: () => { figure: number; interval: { lower: number; upper: number } | null },
) {
  const runs = Array.from({ length: repeats }, run);
  const truth = runs.reduce((sum, { figure }) => sum + figure, 0) / repeats;
  return (
    runs.filter(({ interval }) => interval !== null && interval.lower <= truth && truth <= interval.upper)
      .length / repeats
  );
}

describe('the interval of a head’s quality', () => {
  it('is that of scikit-learn’s AUC and of the calibration error without each group in turn', () => {
    for (const { predicted, observed, groups, auc, calibrationError } of reference.heads) {
      const head = quality(
        predicted.map((p, at) => ({ predicted: p, observed: observed[at] ?? 0, group: groups[at] ?? 0 })),
      );
      for (const [whole, without, expected] of [
        [head.areaUnderCurve, head.areasWithout(), auc],
        [head.calibrationError, head.calibrationErrorsWithout(), calibrationError],
      ] as const) {
        const { lower, upper } = jackknifeInterval(whole ?? NaN, without) ?? { lower: NaN, upper: NaN };
        expect(lower).toBeCloseTo(expected[0] ?? NaN, 6);
        expect(upper).toBeCloseTo(expected[1] ?? NaN, 6);
      }
    }
  });

  it('is about as wide as DeLong’s', () => {
    for (const { auc, delong } of reference.heads) {
      const half = ((auc[1] ?? NaN) - (auc[0] ?? NaN)) / 2;
      // 31 degrees of freedom let it vary by an eighth.
      expect(Math.abs(half / delong - 1)).toBeLessThan(0.4);
    }
  });

  it('holds the truth 95 ± 2 times in a hundred, for requests whose answers hang together', () => {
    const draw = (): HeadQuality =>
      quality(
        Array.from({ length: 400 }, () => {
          const group = groupsAtRandom();
          const mood = uniform() - 0.5;
          return Array.from({ length: 5 }, () => {
            const predicted = Math.min(0.99, Math.max(0.01, uniform() + mood / 2));
            return { predicted, observed: uniform() < predicted ** 1.5 ? 1 : 0, group };
          });
        }).flat(),
      );
    const heads = Array.from({ length: 1000 }, draw);
    let at = 0;
    const next = (): HeadQuality => heads[at++ % heads.length] ?? draw();
    for (const of of [
      (head: HeadQuality) => [head.areaUnderCurve ?? NaN, head.areasWithout()] as const,
      (head: HeadQuality) => [head.calibrationError ?? NaN, head.calibrationErrorsWithout()] as const,
    ]) {
      const share = covered(heads.length, () => {
        const [figure, without] = of(next());
        return { figure, interval: jackknifeInterval(figure, without) };
      });
      expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.02);
    }
  }, 120_000);

  it('is none where some group has no positive, or no observation', () => {
    const everywhere = Array.from({ length: GROUPS }, (_, group) => [
      { predicted: 0.2, observed: 0, group },
      { predicted: 0.7, observed: group === 5 ? 0 : 1, group },
    ]).flat();
    const head = quality(everywhere);
    expect(jackknifeInterval(head.areaUnderCurve ?? NaN, head.areasWithout())).toBeNull();
    expect(jackknifeInterval(head.calibrationError ?? NaN, head.calibrationErrorsWithout())).not.toBeNull();
    const rest = quality(everywhere.filter(({ group }) => group !== 5));
    expect(jackknifeInterval(rest.calibrationError ?? NaN, rest.calibrationErrorsWithout())).toBeNull();
  });
});

describe('the interval of exposure over authors', () => {
  it('is that of NumPy’s figures without each group in turn', () => {
    const { exposure, ...expected } = reference.authors;
    const grouped = Float64Array.from(exposure.flat());
    const found = concentrationIntervals({ baseline: grouped, candidate: grouped });
    for (const name of ['author_gini', 'author_top_share'] as const) {
      expect(found[name].candidate?.lower).toBeCloseTo(expected[name][0] ?? NaN, 6);
      expect(found[name].candidate?.upper).toBeCloseTo(expected[name][1] ?? NaN, 6);
      expect(found[name].difference?.lower).toBeCloseTo(0, 12);
      expect(found[name].difference?.upper).toBeCloseTo(0, 12);
    }
  });

  it('holds the truth 95 ± 2 times in a hundred, of one side and of the difference', () => {
    const AUTHORS = 120;
    const draw = () => {
      const baseline = new Float64Array(AUTHORS * GROUPS);
      const candidate = new Float64Array(AUTHORS * GROUPS);
      for (let request = 0; request < 800; request += 1) {
        const group = groupsAtRandom();
        for (let place = 0; place < 8; place += 1) {
          const kept = Math.floor(AUTHORS * uniform() ** 2);
          const swapped = uniform() < 0.6 ? kept : Math.floor(AUTHORS * uniform() ** 1.8);
          const [before, after] = [kept * GROUPS + group, swapped * GROUPS + group];
          baseline[before] = (baseline[before] ?? 0) + 1 / Math.log2(2 + place);
          candidate[after] = (candidate[after] ?? 0) + 1 / Math.log2(2 + place);
        }
      }
      return {
        exposure: { baseline, candidate },
        intervals: concentrationIntervals({ baseline, candidate }),
      };
    };
    const runs = Array.from({ length: 1000 }, draw);
    for (const name of ['author_gini', 'author_top_share'] as const) {
      for (const side of ['baseline', 'difference'] as const) {
        let at = 0;
        const share = covered(runs.length, () => {
          const { exposure, intervals } = runs[at++] ?? draw();
          const of = (grouped: Float64Array) => concentrationOf(grouped)[name] ?? NaN;
          const before = of(exposure.baseline);
          return {
            figure: side === 'baseline' ? before : of(exposure.candidate) - before,
            interval: intervals[name][side],
          };
        });
        expect(Math.abs(share - 0.95), `${name} of ${side}`).toBeLessThanOrEqual(0.02);
      }
    }
  }, 120_000);

  it('is none where some group of requests shows nobody', () => {
    const exposure = new Float64Array(2 * GROUPS).fill(1);
    [exposure[3], exposure[GROUPS + 3]] = [0, 0];
    const { author_gini } = concentrationIntervals({ baseline: exposure, candidate: exposure });
    expect(author_gini).toEqual({ baseline: null, candidate: null, difference: null });
  });
});

describe('the mark of a request', () => {
  it('puts requests into groups of about one size, whatever their ids look like', () => {
    const sizes = new Float64Array(GROUPS);
    for (let at = 0; at < 32_000; at += 1) {
      const group = groupOf(requestMark(`request-${at}`));
      sizes[group] = (sizes[group] ?? 0) + 1;
    }
    const squares = sizes.reduce((sum, size) => sum + (size - 1000) ** 2 / 1000, 0);
    // χ² with 31 degrees of freedom exceeds 61 once in a thousand times.
    expect(squares).toBeLessThan(61);
  });

  it('is another whole number below 2⁴⁵ for every request', () => {
    const marks = new Set(Array.from({ length: 100_000 }, (_, at) => requestMark(`r${at}`)));
    expect(marks.size).toBe(100_000);
    for (const mark of marks)
      if (!(Number.isInteger(mark) && mark >= 0 && mark < 2 ** 45)) expect(mark).toBe(0);
  });
});
