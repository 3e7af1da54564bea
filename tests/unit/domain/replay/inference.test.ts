import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../../shared/domain/replay/columns.ts';
import { Inference, type ResampleTask } from '../../../../shared/domain/replay/inference.ts';
import { NO_KINDS } from '../../../../shared/domain/replay/kinds.ts';
import { MeasureAccumulator } from '../../../../shared/domain/replay/measures.ts';
import type { RequestNumbers } from '../../../../shared/domain/replay/outcome.ts';
import { Measure } from '../../../../shared/domain/replay/report.ts';
import { Random } from '../../../../shared/domain/statistics/random.ts';
import { bootstrapSums, signFlippedSums } from '../../../../shared/domain/statistics/resample.ts';

const TOP_K = 5;
const { columns, width } = columnsOf(TOP_K);
const drawn = (task: ResampleTask) => ({
  levels: bootstrapSums(task.levels),
  differences: signFlippedSums(task.differences),
});

/** Requests with random numbers, every third without relevant items; late ones carry a label. */
function requests(count: number, shift = 0): RequestNumbers[] {
  const random = new Random(1, 2, 3);
  const uniform = (): number => (random.next() >>> 0) / 2 ** 32;
  return Array.from({ length: count }, (_, at) => {
    const values = new Float64Array(width);
    for (const column of columns) {
      const level = uniform();
      values[column.at] = level;
      if (column.sided) values[column.at + 1] = level + shift + (uniform() - 0.5) / 10;
      if (column.id.startsWith('ndcg') && at % 3 === 0) values.fill(NaN, column.at, column.at + 2);
    }
    const labels = at < count - 40 ? [] : [{ label: 'late', prevalence: Float64Array.of(0.2, 0.4) }];
    return { values, labels, kinds: NO_KINDS };
  });
}

function infer(
  rows: readonly RequestNumbers[],
  seed = 1,
): { measures: Map<string, Measure>; tasks: ResampleTask[] } {
  const points = new MeasureAccumulator(TOP_K);
  const inference = new Inference(TOP_K, seed);
  const tasks: ResampleTask[] = [];
  const merge = (task: ResampleTask | null): void => {
    if (task === null) return;
    tasks.push(task);
    inference.merge(task, drawn(task));
  };
  for (const [mark, numbers] of rows.entries()) {
    points.add({ numbers });
    merge(inference.add({ numbers }, mark));
  }
  merge(inference.flush());
  const measures = inference.withIntervals(points.measures()).map((measure) => Measure.parse(measure));
  return { measures: new Map(measures.map((measure) => [measure.id, measure])), tasks };
}

describe('intervals of a replay', () => {
  const { measures, tasks } = infer(requests(3000));

  it('are drawn in chunks that depend on nothing but the order of the requests', () => {
    expect(tasks.map(({ levels }) => [levels.marks[0], levels.marks.length])).toEqual([
      [0, 2048],
      [2048, 952],
    ]);
  });

  it('hold their figure, and are as wide as a mean’s standard error says', () => {
    for (const { id, baseline, candidate, difference, requests, intervals } of measures.values()) {
      expect(intervals, id).toBeDefined();
      const sides = [
        [baseline, intervals?.baseline],
        [candidate, intervals?.candidate],
        [difference, intervals?.difference],
      ] as const;
      for (const [figure, interval] of sides) {
        expect(interval === null, id).toBe(figure === null);
        if (figure === null || interval === null || interval === undefined) continue;
        expect(interval.lower).toBeLessThanOrEqual(figure);
        expect(interval.upper).toBeGreaterThanOrEqual(figure);
      }
      if (intervals?.baseline && id.startsWith('ndcg')) {
        const width = intervals.baseline.upper - intervals.baseline.lower;
        expect(width / (2 * 1.96 * Math.sqrt(1 / 12 / requests))).toBeCloseTo(1, 0);
      }
    }
    expect(measures.get('ndcg@5')?.requests).toBe(2000);
  });

  it('of a difference are narrower than those of its sides, because requests are paired', () => {
    const { baseline, difference } = measures.get('mrr')?.intervals ?? {};
    const width = (interval: typeof baseline): number => (interval ? interval.upper - interval.lower : NaN);
    expect(width(difference)).toBeLessThan(width(baseline) / 5);
  });

  it('cover a label that only the last chunk carries', () => {
    const late = measures.get('prevalence@5:late');
    expect(late?.baseline).toBeCloseTo((40 * 0.2) / 3000, 12);
    expect(late?.intervals?.baseline?.lower).toBeGreaterThan(0);
    expect(late?.intervals?.baseline?.upper).toBeLessThan((80 * 0.2) / 3000);
    expect(late?.p).toBe(1 / 1001);
  });

  it('come with a p value that is small where there is a difference and not where there is none', () => {
    expect(measures.get('mrr')?.p).toBeGreaterThan(0.01);
    expect(infer(requests(300, 0.05)).measures.get('mrr')?.p).toBe(1 / 1001);
    expect(measures.get('overlap@5')?.p).toBeUndefined();
  });

  it('are the same for the same seed and others for another', () => {
    const rows = requests(100);
    expect(infer(rows).measures).toEqual(infer(rows).measures);
    expect(infer(rows, 2).measures.get('mrr')?.intervals).not.toEqual(
      infer(rows).measures.get('mrr')?.intervals,
    );
    expect(infer(rows, 2).measures.get('mrr')?.candidate).toBe(infer(rows).measures.get('mrr')?.candidate);
  });

  it('are none of what no request shows', () => {
    expect(infer([]).measures.get('mrr')).toMatchObject({ candidate: null, requests: 0 });
    expect(infer([]).measures.get('mrr')?.intervals).toBeUndefined();
  });
});
