import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ticksOver } from '../../../renderer/features/replay/feed/ticks.ts';

test('ticks of an axis are round numbers around all that is drawn', () => {
  expect(ticksOver(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(ticksOver(-0.3, 0.42, 5)).toEqual([-0.4, -0.2, 0, 0.2, 0.4, 0.6]);
  expect(ticksOver(0, 0, 5)).toEqual([0, 1]);
});

test('ticks cover their span in even steps and pass through zero when it lies inside', () => {
  const size = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(size, size, fc.integer({ min: 2, max: 8 }), (below, above, count) => {
      const ticks = ticksOver(-below, above, count);
      const first = ticks[0] ?? NaN;
      const last = ticks.at(-1) ?? NaN;
      const step = (last - first) / (ticks.length - 1);
      expect(first).toBeLessThanOrEqual(-below);
      expect(last).toBeGreaterThanOrEqual(above);
      expect(ticks).toContain(0);
      expect(ticks.length).toBeLessThanOrEqual(count + 3);
      ticks.forEach((tick, at) => expect(Math.abs(tick - (first + at * step))).toBeLessThan(step * 1e-9));
    }),
  );
});
