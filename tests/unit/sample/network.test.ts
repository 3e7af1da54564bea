import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backward, createNetwork, emptyNetwork, forward } from '../../../resources/sample/build/network.ts';
import { randomNumbers, shuffle } from '../../../resources/sample/build/random.ts';

const weights = (seed: number) => createNetwork([4, 3], randomNumbers(seed))[0]?.weights;

describe('the network', () => {
  test('has the gradients that finite differences give', () => {
    const sizes = [3, 5, 4, 2];
    const network = createNetwork(sizes, randomNumbers(7));
    const input = Float64Array.of(0.7, -1.3, 0.4);
    // The loss is the sum of squares of the outputs, halved: its derivative by an output is that output.
    const outputs = () => forward(network, input).at(-1) ?? input;
    const loss = () => outputs().reduce((sum, value) => sum + value ** 2 / 2, 0);
    const gradients = emptyNetwork(sizes);
    backward(network, forward(network, input), outputs().slice(), gradients);
    const step = 1e-6;
    let largest = 0;
    network.forEach((layer, at) => {
      for (const kind of ['weights', 'biases'] as const) {
        const values = layer[kind];
        values.forEach((value, index) => {
          values[index] = value + step;
          const above = loss();
          values[index] = value - step;
          const below = loss();
          values[index] = value;
          const gradient = gradients[at]?.[kind][index] ?? NaN;
          largest = Math.max(largest, Math.abs(gradient));
          expect(gradient).toBeCloseTo((above - below) / (2 * step), 6);
        });
      }
    });
    expect(largest).toBeGreaterThan(0.01);
  });

  test('starts the same from the same seed, and otherwise from another', () => {
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)).not.toEqual(weights(2));
  });
});

describe('random numbers', () => {
  test('lie in [0, 1) and fill it evenly', () => {
    const random = randomNumbers(42);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let drawn = 0; drawn < 100_000; drawn++) {
      const tenth = Math.floor(random() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('shuffle without losing or doubling a value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.nat(), (length, seed) => {
        const values = Uint32Array.from({ length }, (_, at) => at);
        shuffle(values, randomNumbers(seed));
        expect([...values].toSorted((a, b) => a - b)).toEqual(Array.from({ length }, (_, at) => at));
      }),
    );
  });
});
