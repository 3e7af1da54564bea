import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawFeed, SHOWN } from '../../../electron/services/snapshots/synth/logging.ts';
import { Random } from '../../../electron/services/snapshots/synth/random.ts';

const scores = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('the logging policy', () => {
  it('states as propensity the softmax probability of each draw among those left', () => {
    fc.assert(
      fc.property(scores, fc.nat(), (values, seed) => {
        const feed = drawFeed(Random.seeded(seed), Float64Array.from(values));
        expect(new Set(feed.shown).size).toBe(Math.min(SHOWN, values.length));
        let left = values.map((value, at) => ({ value, at }));
        feed.shown.forEach((place, position) => {
          const sum = left.reduce((total, { value }) => total + Math.exp(value), 0);
          const expected = Math.exp(values[place] ?? 0) / sum;
          expect(Math.abs((feed.propensities[position] ?? 0) - expected)).toBeLessThan(1e-9);
          left = left.filter(({ at }) => at !== place);
        });
      }),
    );
  });

  it('keeps every propensity above 0 and at most 1', () => {
    fc.assert(
      fc.property(scores, fc.nat(), (values, seed) => {
        const feed = drawFeed(Random.seeded(seed), Float64Array.from(values));
        for (const propensity of feed.propensities) expect(propensity > 0 && propensity <= 1).toBe(true);
      }),
    );
  });

  it('draws the first place as often as its propensity says', () => {
    const random = Random.seeded(11);
    const values = Float64Array.of(0, 1, 2);
    const first = [0, 0, 0];
    const rounds = 50_000;
    for (let round = 0; round < rounds; round++) {
      const place = drawFeed(random, values).shown[0] ?? 0;
      first[place] = (first[place] ?? 0) + 1;
    }
    const sum = 1 + Math.E + Math.E ** 2;
    [1, Math.E, Math.E ** 2].forEach((weight, place) => {
      expect(Math.abs((first[place] ?? 0) / rounds - weight / sum)).toBeLessThan(0.01);
    });
  });

  it('is uniform where all scores are equal', () => {
    const { propensities } = drawFeed(Random.seeded(5), new Float64Array(4));
    [1 / 4, 1 / 3, 1 / 2, 1].forEach((expected, place) =>
      expect(propensities[place]).toBeCloseTo(expected, 12),
    );
  });
});
