import { describe, expect, it } from 'vitest';
import { requestMark } from '../../../../shared/domain/replay/request-mark.ts';
import { ShownItems } from '../../../../shared/domain/replay/shown-items.ts';
import { Random } from '../../../../shared/domain/statistics/random.ts';
import { studentQuantile } from '../../../../shared/domain/statistics/student.ts';
import reference from '../../../fixtures/metrics/intervals.json' with { type: 'json' };

const random = new Random(1, 1, 2);
const uniform = (): number => (random.next() >>> 0) / 2 ** 32;

type Feeds = readonly { readonly baseline: string[]; readonly candidate: string[] }[];

function itemsOf(feeds: Feeds): ShownItems {
  const items = new ShownItems();
  for (const [at, feed] of feeds.entries()) items.add(feed, requestMark(`r${at}`));
  return items;
}

describe('the quantile of Student’s t', () => {
  it('is SciPy’s to a thousandth, with many degrees of freedom far closer', () => {
    for (const [freedom = NaN, quantile = NaN] of reference.quantiles)
      expect(Math.abs(studentQuantile(freedom) / quantile - 1)).toBeLessThan(freedom < 6 ? 2e-3 : 5e-5);
  });
});

describe('the interval of the share of items that any feed shows', () => {
  it('is that of Python’s sets of requests', () => {
    const { baseline, candidate, halfWidths } = reference.feeds;
    const feeds = baseline.map((before, at) => ({
      baseline: before.map(String),
      candidate: (candidate[at] ?? []).map(String),
    }));
    const items = itemsOf(feeds);
    const catalogue = 1000;
    const intervals = items.intervals(catalogue);
    for (const [at, side] of (['baseline', 'candidate', 'difference'] as const).entries()) {
      const { lower, upper } = intervals[side] ?? { lower: NaN, upper: NaN };
      const half = ((upper - lower) / 2) * catalogue;
      // as near as the quantile of Student’s t is to SciPy’s
      expect(Math.abs(half / (halfWidths[at] ?? NaN) - 1)).toBeLessThan(2e-3);
    }
    expect(itemsOf(feeds.toReversed()).shown).toEqual(items.shown);
  });

  it.each([
    ['few of many items', 800, 5000],
    ['most of few items', 400, 900],
  ])(
    'holds the truth 95 ± 2 times in a hundred where feeds show %s',
    (_, requests, catalogue) => {
      const item = (): string => String(Math.floor(catalogue * uniform() ** 1.7));
      const runs = Array.from({ length: 600 }, () => {
        const items = itemsOf(
          Array.from({ length: requests }, () => {
            const common = [item(), item(), item()];
            return {
              baseline: [...new Set([...common, item(), item()])],
              candidate: [...new Set([...common, String(Math.floor(catalogue * uniform()))])],
            };
          }),
        );
        const { baseline, candidate } = items.shown;
        return {
          figures: { baseline, candidate, difference: candidate - baseline },
          intervals: items.intervals(2 * catalogue),
        };
      });
      for (const side of ['baseline', 'candidate', 'difference'] as const) {
        const truth = runs.reduce((sum, { figures }) => sum + figures[side], 0) / runs.length;
        const held = runs.filter(({ intervals }) => {
          const { lower, upper } = intervals[side] ?? { lower: NaN, upper: NaN };
          return 2 * catalogue * lower <= truth && truth <= 2 * catalogue * upper;
        });
        expect(Math.abs(held.length / runs.length - 0.95), side).toBeLessThanOrEqual(0.02);
      }
    },
    120_000,
  );

  it('is exact where both rankers show the same, and none of a few requests', () => {
    const feeds = Array.from({ length: 40 }, (_, at) => ({
      baseline: [`i${at}`, 'common'],
      candidate: [`i${at}`, 'common'],
    }));
    expect(itemsOf(feeds).intervals(50).difference).toEqual({ lower: 0, upper: 0 });
    expect(itemsOf(feeds.slice(0, 31)).intervals(50).baseline).toBeNull();
  });
});
