import { describe, expect, it } from 'vitest';
import { HeadQuality } from '../../../../shared/domain/metrics/head-quality.ts';
import { headPs } from '../../../../shared/domain/metrics/head-swaps.ts';
import { AuthorExposures, type GroupedExposure } from '../../../../shared/domain/replay/author-exposure.ts';
import { concentrationDifferences, concentrationPs } from '../../../../shared/domain/replay/author-swaps.ts';
import { coverageP } from '../../../../shared/domain/replay/coverage-swaps.ts';
import { parityTest, type DrawnSides } from '../../../../shared/domain/replay/inference.ts';
import { ShownItems } from '../../../../shared/domain/replay/shown-items.ts';
import { AS_SEEN, groupSwaps } from '../../../../shared/domain/statistics/group-swaps.ts';
import { GROUPS } from '../../../../shared/domain/statistics/jackknife.ts';
import { bootstrapNormalP, normalBeyond } from '../../../../shared/domain/statistics/normal.ts';
import { Random } from '../../../../shared/domain/statistics/random.ts';
import { signFlippedSums } from '../../../../shared/domain/statistics/resample.ts';
import { worstUsersP } from '../../../../shared/domain/statistics/worst-users.ts';
import reference from '../../../fixtures/metrics/randomisation.json' with { type: 'json' };

const random = new Random(2, 3, 5);
const uniform = (): number => (random.next() >>> 0) / 2 ** 32;
const whole = (below: number): number => Math.floor(uniform() * below);
const swaps = Int32Array.from(reference.swaps);

interface Predicted {
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
  readonly observed: readonly number[];
  readonly groups: readonly number[];
}

function sides({ baseline, candidate, observed, groups }: Predicted) {
  const quality = (predicted: readonly number[]) => {
    const head = new HeadQuality();
    for (const [at, p] of predicted.entries())
      head.add(Float32Array.of(p), Float32Array.of(observed[at] ?? NaN), groups[at]);
    return head.grouped;
  };
  return { baseline: quality(baseline), candidate: quality(candidate) };
}

interface Shown<Row> {
  readonly baseline: readonly Row[];
  readonly candidate: readonly Row[];
  readonly groups: readonly number[];
}

function exposure({ baseline, candidate, groups, count }: Shown<number> & { count: number }) {
  const exposures = new AuthorExposures(1);
  const authors = Array.from({ length: count }, (_, author) => `author ${author}`);
  exposures.add(
    { authors, baseline: Int32Array.from(baseline), candidate: Int32Array.from(candidate) },
    groups,
  );
  return exposures.grouped;
}

const authorPs = (exposed: GroupedExposure, swaps: Int32Array) =>
  concentrationPs(concentrationDifferences(exposed, Int32Array.of(AS_SEEN, ...swaps)));

function coverage({ baseline, candidate, groups }: Shown<readonly number[]>) {
  const items = new ShownItems();
  const ids = (row: readonly number[] = []): string[] => [...new Set(row)].map((item) => `item ${item}`);
  for (const [at, group] of groups.entries())
    items.add({ baseline: ids(baseline[at]), candidate: ids(candidate[at]) }, group);
  return items.groups;
}

/** Means of groups of requests as seen, then in every swap of requests. */
function swappedMeans(groups: readonly (readonly (readonly number[])[])[], draws: number): DrawnSides[] {
  return groups.map(([a = [], b = []], group) => {
    const values = Float64Array.from(b, (after, at) => after - (a[at] ?? NaN));
    const marks = Float64Array.from(values, (_, at) => 1000 * group + at);
    const chunk = { seed: 9, marks, columns: 1, values };
    const all = [...a, ...b].reduce((sum, value) => sum + value, 0);
    const differences = [values.reduce((sum, value) => sum + value, 0), ...signFlippedSums(chunk, draws)];
    const side = (sign: 1 | -1) =>
      Float64Array.from(differences, (by) => (all + sign * by) / 2 / values.length);
    return { baseline: side(-1), candidate: side(1) };
  });
}

/** How far two p values of these numbers of draws may lie apart by chance alone: four standard errors. */
const chance = (p: number, draws: number): number =>
  4 * Math.sqrt(p * (1 - p) * (1 / draws + 1 / reference.draws)) + 1 / draws;

describe('paired randomisation tests, against numpy and scikit-learn', () => {
  it('of AUC and calibration error come to the same p value', () => {
    for (const head of [...reference.heads, ...reference.fineHeads]) {
      const { auc, calibration } = headPs(sides(head), swaps);
      expect(auc).toBeCloseTo(head.auc, 12);
      expect(calibration).toBeCloseTo(head.calibration, 12);
    }
  });

  it('of exposure over authors come to the same p value', () => {
    for (const one of reference.authors) {
      const { author_gini, author_top_share } = authorPs(exposure(one), swaps);
      expect(author_gini).toBeCloseTo(one.gini, 12);
      expect(author_top_share).toBeCloseTo(one.top, 12);
    }
  });

  it('of catalogue coverage come to the same p value', () => {
    for (const one of reference.coverage) expect(coverageP(coverage(one), swaps)).toBeCloseTo(one.p, 12);
  });

  it('of the worst tenth of users agree but for chance', () => {
    for (const { baseline, candidate, p } of reference.worstUsers) {
      const harms = {
        seed: 4,
        baseline: Float64Array.from(baseline),
        candidate: Float64Array.from(candidate),
      };
      const found = worstUsersP(harms, 4000) ?? NaN;
      expect(Math.abs(found - p)).toBeLessThan(chance(p, 4000));
    }
  });

  it('of parity ratios agree but for chance', () => {
    for (const { groups, p } of reference.parity) {
      const found = parityTest(swappedMeans(groups, 4000)).p ?? NaN;
      expect(Math.abs(found - p)).toBeLessThan(chance(p, 4000));
    }
  });
});

describe('paired randomisation tests', () => {
  const REPEATS = 300;
  const DRAWS = 199;
  /** The share of p values up to 5 % where the rankers are alike, in standard errors from 5 %. */
  function size(p: (repeat: number) => number | null): number {
    const found = Array.from({ length: REPEATS }, (_, repeat) => p(repeat) ?? 1);
    const share = found.filter((value) => value <= 0.05).length / REPEATS;
    return (share - 0.05) / Math.sqrt((0.05 * 0.95) / REPEATS);
  }
  const groups = (requests: number) => Array.from({ length: requests }, () => whole(GROUPS));
  const pair = <Row>(make: () => Row, requests: number) => ({
    baseline: Array.from({ length: requests }, make),
    candidate: Array.from({ length: requests }, make),
    groups: groups(requests),
  });

  it('call one in twenty pairs of alike rankers different, in AUC and calibration error', () => {
    const heads = Array.from({ length: REPEATS }, (_, repeat) => {
      const predicted = pair(() => Math.round(uniform() * 16) / 16, 300);
      const observed = predicted.baseline.map((p, at) =>
        uniform() < (p + (predicted.candidate[at] ?? 0)) / 2 ? 1 : 0,
      );
      return headPs(sides({ ...predicted, observed }), groupSwaps(repeat, DRAWS));
    });
    expect(Math.abs(size((repeat) => heads[repeat]?.auc ?? null))).toBeLessThan(3);
    expect(Math.abs(size((repeat) => heads[repeat]?.calibration ?? null))).toBeLessThan(3);
  }, 180_000);

  it('do so in exposure over authors, coverage, the worst tenth of users and parity', () => {
    const concentration = Array.from({ length: REPEATS }, (_, repeat) =>
      authorPs(exposure({ ...pair(() => whole(30), 200), count: 30 }), groupSwaps(repeat, DRAWS)),
    );
    expect(Math.abs(size((repeat) => concentration[repeat]?.author_gini ?? null))).toBeLessThan(3);
    // Whole counts tie often, and a tie speaks against a difference: the test may only err the safe way.
    expect(size((repeat) => concentration[repeat]?.author_top_share ?? null)).toBeLessThan(3);
    const row = () => [whole(400), whole(400)];
    expect(size((repeat) => coverageP(coverage(pair(row, 100)), groupSwaps(repeat, DRAWS)))).toBeLessThan(3);
    const harms = () => Float64Array.from({ length: 80 }, uniform);
    expect(
      Math.abs(size((seed) => worstUsersP({ seed, baseline: harms(), candidate: harms() }, DRAWS))),
    ).toBeLessThan(3);
    const figures = () => Array.from({ length: 3 }, () => [Array.from(harms()), Array.from(harms())]);
    expect(Math.abs(size(() => parityTest(swappedMeans(figures(), DRAWS)).p))).toBeLessThan(3);
  }, 180_000);

  it('test nothing where the rankers are the same', () => {
    const head = reference.heads[0];
    if (head === undefined) throw new Error('no head');
    expect(headPs(sides({ ...head, candidate: head.baseline }), swaps)).toEqual({
      auc: null,
      calibration: null,
    });
    const harms = Float64Array.of(0.1, 0.2, 0.3);
    expect(worstUsersP({ seed: 1, baseline: harms, candidate: harms })).toBeNull();
  });
});

describe('the normal test of bootstrap draws', () => {
  it('takes the shares of the normal distribution that SciPy has', () => {
    for (const [z, p] of [
      [0, 1],
      [0.5, 0.6170750774519738],
      [1.959963984540054, 0.05],
      [2.999, 0.0027086730674542115],
      [3.001, 0.0026909456501699306],
      [5, 5.733031437583892e-7],
    ] as const)
      expect(normalBeyond(z) / p).toBeCloseTo(1, 7);
  });

  it('counts standard deviations from 0, and tests nothing that does not vary', () => {
    const draws = Float64Array.of(0.9, 1.1, NaN);
    expect(bootstrapNormalP(0.2, draws)).toBeCloseTo(normalBeyond(0.2 / Math.SQRT2 / 0.1), 12);
    expect(bootstrapNormalP(1, Float64Array.of(1, 1, 1))).toBeNull();
    expect(bootstrapNormalP(1, Float64Array.of(NaN, NaN, 1))).toBeNull();
  });
});
