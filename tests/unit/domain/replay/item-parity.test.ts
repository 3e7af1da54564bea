import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../../shared/domain/replay/columns.ts';
import { NO_KINDS } from '../../../../shared/domain/replay/kinds.ts';
import type { SliceNumbers } from '../../../../shared/domain/replay/outcome.ts';
import type { Interval, Measure } from '../../../../shared/domain/replay/report.ts';
import { requestMark } from '../../../../shared/domain/replay/request-mark.ts';
import { SliceTallies, type SliceTask } from '../../../../shared/domain/replay/slices.ts';
import { bootstrapSums, signFlippedSums } from '../../../../shared/domain/statistics/resample.ts';
import reference from '../../../fixtures/metrics/randomisation.json' with { type: 'json' };

const TOP_K = 5;
const { places, width } = columnsOf(TOP_K);
const ndcg = places.get('ndcg@5') ?? NaN;
type Figures = readonly (readonly (number | null)[])[];

/** The parity of nDCG over kinds of items: of request r and kind k both rankers' figures stand at [r][k]. */
function parityOf({ baseline, candidate }: { baseline: Figures; candidate: Figures }): Measure | undefined {
  const slices = new SliceTallies({ seed: 5, limit: null, topK: TOP_K, slices: [['item.category']] }, true);
  const merge = ({ inference, task }: SliceTask): void =>
    inference.merge(task, {
      levels: bootstrapSums(task.levels),
      differences: signFlippedSums(task.differences),
    });
  for (const [request, row] of baseline.entries()) {
    const rows = row.flatMap((before, kind): SliceNumbers[] => {
      const after = candidate[request]?.[kind] ?? null;
      if (before === null || after === null) return [];
      const values = new Float64Array(width).fill(NaN);
      [values[ndcg], values[ndcg + 1]] = [before, after];
      const shown = { baseline: ['a'], candidate: ['a'], labelled: { baseline: 0, candidate: 0 } };
      return [
        { slicing: 0, values: [`kind ${kind}`], numbers: { values, labels: [], kinds: NO_KINDS }, shown },
      ];
    });
    for (const task of slices.add(rows, 'somebody', requestMark(`request ${request}`))) merge(task);
  }
  for (const task of slices.flush()) merge(task);
  return slices.parities().find(({ id }) => id === 'parity:ndcg@5:item.category');
}

/** How far the ends of two intervals lie apart at most, as a share of the width of the second. */
function apart(interval: Interval | undefined, [lower = NaN, upper = NaN]: readonly number[]): number {
  if (interval === null || interval === undefined) return NaN;
  return Math.max(Math.abs(interval.lower - lower), Math.abs(interval.upper - upper)) / (upper - lower);
}

describe('parity over kinds of items, which share requests', () => {
  it('has NumPy’s interval of requests drawn with all their kinds, but for chance', () => {
    for (const one of reference.sharedParity) {
      const parity = parityOf(one);
      for (const side of ['baseline', 'candidate', 'difference'] as const) {
        expect(apart(parity?.intervals?.[side], one.interval[side]), side).toBeLessThan(0.1);
        expect(apart(parity?.intervals?.[side], one.apart[side]), side).toBeGreaterThan(0.12);
      }
    }
  });

  it('has NumPy’s p value of requests whose rankers are swapped in all their kinds, but for chance', () => {
    for (const one of reference.sharedParity) {
      const { p } = one;
      const chance = 4 * Math.sqrt(p * (1 - p) * (1 / 1000 + 1 / reference.draws)) + 1 / 1000;
      expect(Math.abs((parityOf(one)?.p ?? NaN) - p)).toBeLessThan(chance);
    }
  });

  it('turns its sign and keeps its p value where the rankers change places', () => {
    const [one] = reference.sharedParity;
    if (one === undefined) throw new Error('no reference');
    const swap = ({ baseline, candidate }: typeof one) => ({ baseline: candidate, candidate: baseline });
    const [there, back] = [parityOf(one), parityOf(swap(one))];
    expect(back?.p).toBe(there?.p);
    expect(back?.difference).toBeCloseTo(-(there?.difference ?? NaN), 12);
  });
});
