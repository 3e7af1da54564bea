import { describe, expect, it } from 'vitest';
import { Random, splitMix64 } from '../../../electron/services/snapshots/synth/random.ts';

describe('the random numbers', () => {
  // From the C reference implementation, as recorded in github.com/edorfaus/xoshiro-6502, test-rom/testdata.asm.
  it('are those of xoshiro128** by its authors', () => {
    const random = new Random([0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0]);
    const drawn = Array.from({ length: 4 }, () => random.next32());
    expect(drawn).toEqual([0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70]);
  });

  // The vector of the rand_xoshiro crate, which took it from the C reference implementation.
  it('are seeded by SplitMix64', () => {
    expect(splitMix64(1477776061723855037n, 3)).toEqual([
      1985237415132408290n,
      2979275885539914483n,
      13511426838097143398n,
    ]);
  });

  it('stay within their ranges and near their means', () => {
    const random = Random.seeded(7);
    const count = 100_000;
    let outside = 0;
    let units = 0;
    let normals = 0;
    let squares = 0;
    for (let at = 0; at < count; at++) {
      const unit = random.unit();
      if (unit < 0 || unit >= 1 || random.below(3) > 2) outside++;
      units += unit;
      const normal = random.normal();
      normals += normal;
      squares += normal ** 2;
    }
    expect(outside).toBe(0);
    expect(units / count).toBeCloseTo(0.5, 2);
    expect(normals / count).toBeCloseTo(0, 1);
    expect(squares / count).toBeCloseTo(1, 1);
  });

  it('draw places in proportion to their weights', () => {
    const random = Random.seeded(3);
    const drawn = [0, 0, 0];
    for (let at = 0; at < 60_000; at++) {
      const place = random.weighted([1, 2, 3]);
      drawn[place] = (drawn[place] ?? 0) + 1;
    }
    expect((drawn[0] ?? 0) / 60_000).toBeCloseTo(1 / 6, 1);
    expect((drawn[2] ?? 0) / 60_000).toBeCloseTo(1 / 2, 1);
  });
});
