import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupParities, type Group } from '../../../../shared/domain/replay/group-parity.ts';
import { Inference } from '../../../../shared/domain/replay/inference.ts';
import { KindNumbers } from '../../../../shared/domain/replay/kind-measures.ts';
import { kindSharesOf, NO_KINDS, type KindShares } from '../../../../shared/domain/replay/kinds.ts';
import { columnsOf } from '../../../../shared/domain/replay/columns.ts';
import { MeasureAccumulator } from '../../../../shared/domain/replay/measures.ts';
import { Measure } from '../../../../shared/domain/replay/report.ts';
import { bootstrapSums, signFlippedSums } from '../../../../shared/domain/statistics/resample.ts';
import { candidate, request } from '../ranking/fixture.ts';

const ASKED_AT = '2026-11-10T00:00:00.000Z';
const feed = (...places: number[]): Int32Array => Int32Array.from(places);
const told = ({ names, values }: KindShares): Record<string, number[]> =>
  Object.fromEntries(names.map((name, at) => [name, [...values.subarray(3 * at, 3 * at + 3)]]));

const asked = {
  requestedAt: ASKED_AT,
  ...request(
    candidate('a', { category: 'news', language: 'en', uploadedAt: '2026-11-09T12:00:00.000Z' }),
    candidate('b', { category: 'news', language: 'es', uploadedAt: '2026-11-05T00:00:00.000Z' }),
    candidate('c', { category: 'pets', language: 'en' }),
    candidate('d'),
  ),
};

describe('the kinds of items a request shows', () => {
  const shares = told(kindSharesOf(asked, feed(0, 2), feed(1, 0), 2));
  const second = 1 / Math.log2(3);

  it('have a supply among the candidates, and a share of the exposure of each feed', () => {
    expect(shares['item.category=news']).toEqual([1 / 2, 1 / (1 + second), 1]);
    expect(shares['item.category=pets']).toEqual([1 / 4, second / (1 + second), 0]);
    expect(shares['item.language=es']).toEqual([1 / 4, 0, 1 / (1 + second)]);
  });

  it('are told apart by age at the time of the request', () => {
    expect(shares['item.age=under a day']).toEqual([1 / 4, 1 / (1 + second), second / (1 + second)]);
    expect(shares['item.age=a day to a week']?.[0]).toBe(1 / 4);
    const later = { ...asked, requestedAt: '2026-12-20T00:00:00.000Z' };
    expect(told(kindSharesOf(later, feed(0), feed(0), 2))['item.age=a month to a year']?.[0]).toBe(1 / 2);
  });

  it('count items of which nothing is known in the whole, and say nothing where a feed is empty', () => {
    expect(told(kindSharesOf(asked, feed(3, 0), feed(3), 2))['item.category=news']).toEqual([
      1 / 2,
      second / (1 + second),
      0,
    ]);
    expect(kindSharesOf(asked, feed(), feed(0), 2)).toBe(NO_KINDS);
    expect(kindSharesOf({ ...request(candidate('x')), requestedAt: ASKED_AT }, feed(0), feed(0), 2)).toBe(
      NO_KINDS,
    );
  });

  it('keep sixty of an attribute apart, and count the rest together', () => {
    const numbers = new KindNumbers();
    for (let at = 0; at < 70; at += 1) numbers.of(`item.category=c${at}`);
    numbers.of('item.language=en');
    expect(numbers.names).toHaveLength(62);
    expect(numbers.names.slice(-2)).toEqual(['item.category=all others', 'item.language=en']);
    expect(numbers.of('item.category=c69')).toBe(60);
    expect(numbers.of('item.category=c3')).toBe(3);
  });
});

const TOP_K = 5;

/** Measures of requests whose exposure falls so to news and pets: [supply, baseline, candidate] of news, the rest pets. */
function measured(rows: readonly (readonly [number, number, number])[]): Map<string, Measure> {
  const points = new MeasureAccumulator(TOP_K);
  const inference = new Inference(TOP_K, 1);
  for (const [mark, row] of rows.entries()) {
    const kinds = {
      names: ['item.category=news', 'item.category=pets'],
      values: Float64Array.from([...row, ...row.map((share) => 1 - share)]),
    };
    const numbers = { values: new Float64Array(columnsOf(TOP_K).width), labels: [], kinds };
    points.add({ numbers });
    inference.add({ numbers }, mark);
  }
  const task = inference.flush();
  if (task !== null)
    inference.merge(task, {
      levels: bootstrapSums(task.levels),
      differences: signFlippedSums(task.differences),
    });
  const measures = inference.withIntervals(points.measures()).map((measure) => Measure.parse(measure));
  return new Map(measures.map((measure) => [measure.id, measure]));
}

describe('exposure by kind', () => {
  const rows = Array.from({ length: 200 }, (_, at) => [0.5, 0.5, at % 2 === 0 ? 0.2 : 0.4] as const);
  const measures = measured(rows);

  it('is the mean share over requests, with its interval and p value', () => {
    const news = measures.get('exposure@5:item.category=news');
    expect(news).toMatchObject({ baseline: 0.5, requests: 200, better: 'neither' });
    expect(news?.candidate).toBeCloseTo(0.3, 12);
    expect(news?.intervals?.candidate?.lower).toBeLessThan(0.3);
    expect(news?.intervals?.candidate?.upper).toBeGreaterThan(0.3);
    expect(news?.p).toBe(1 / 1001);
  });

  it('stands over the supply, and its parity is the least favoured kind over the most', () => {
    expect(measures.get('exposure_ratio@5:item.category=news')?.candidate).toBeCloseTo(0.6, 12);
    expect(measures.get('exposure_ratio@5:item.category=pets')?.candidate).toBeCloseTo(1.4, 12);
    const parity = measures.get('exposure_parity@5:item.category');
    expect(parity).toMatchObject({ baseline: 1, better: 'higher', requests: 200 });
    expect(parity?.candidate).toBeCloseTo(0.6 / 1.4, 12);
    expect(parity?.intervals?.candidate?.lower).toBeLessThan(0.6 / 1.4);
    expect(parity?.intervals?.candidate?.upper).toBeGreaterThan(0.6 / 1.4);
  });

  it('holds no kind against another that few requests could show', () => {
    expect(measured(rows.slice(0, 99)).get('exposure_parity@5:item.category')).toMatchObject({
      baseline: null,
      requests: 0,
    });
  });

  it('sums to the whole where every item has a kind', () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share, share), { minLength: 1, maxLength: 9 }), (given) => {
        const found = measured(given);
        const sum = ['news', 'pets'].reduce(
          (total, kind) => total + (found.get(`exposure@5:item.category=${kind}`)?.candidate ?? NaN),
          0,
        );
        expect(sum).toBeCloseTo(1, 12);
      }),
      { numRuns: 10 },
    );
  });
});

describe('parity over groups', () => {
  const group = (value: string, baseline: number | null, candidate: number | null, small = false): Group => ({
    values: [value],
    small,
    measures: [
      {
        ...{ id: 'ndcg@5', title: 'nDCG@5', unit: 'nDCG', better: 'higher' },
        ...{ baseline, candidate, difference: null, requests: 150 },
      },
    ],
    drawn: () => null,
    swapped: () => null,
  });

  it('is the smallest group’s figure over the largest’s', () => {
    const [parity] = groupParities(['user.region'], [group('CA', 0.5, 0.5), group('NY', 0.4, 0.25)], 5);
    expect(parity).toMatchObject({
      ...{ id: 'parity:ndcg@5:user.region', baseline: 0.8, candidate: 0.5, requests: 300 },
      title: 'Parity over user.region, smallest ÷ largest group: nDCG@5',
    });
    expect(parity?.difference).toBeCloseTo(-0.3, 12);
  });

  it('leaves out small and unknown groups, and says nothing of a single one', () => {
    const groups = [group('CA', 0.5, 0.5), group('NY', 0.1, 0.1, true), group('unknown', 0.2, 0.2)];
    expect(groupParities(['user.region'], groups, 5)[0]).toMatchObject({ baseline: null, requests: 0 });
    expect(groupParities(['user.region'], [...groups, group('TX', 0.25, null)], 5)[0]?.candidate).toBeNull();
  });
});
