/** A dense layer, row-major `weights[input × outputs + output]`. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/** A perceptron: rectified hidden layers, then a linear one whose last column is the logarithm of an expectation and the others logits. */
export type Network = readonly Layer[];

/** Fresh layers of the sizes given: weights uniform within ±√(6 / inputs) (He et al. 2015), halved at the last layer; biases 0. */
export function createNetwork(sizes: readonly number[], random: () => number): Network {
  const network = emptyNetwork(sizes);
  network.forEach(({ inputs, weights }, at) => {
    const bound = Math.sqrt(6 / inputs) / (at === network.length - 1 ? 2 : 1);
    weights.forEach((_, weight) => (weights[weight] = (2 * random() - 1) * bound));
  });
  return network;
}

/** Layers of the sizes given, all zero. */
export function emptyNetwork(sizes: readonly number[]): Network {
  return sizes.slice(1).map((outputs, at) => {
    const inputs = sizes[at] ?? 0;
    return {
      inputs,
      outputs,
      weights: new Float64Array(inputs * outputs),
      biases: new Float64Array(outputs),
    };
  });
}

/** Values of every layer for one row, the input first and the linear outputs last. `input` has as many values as the network takes. */
export function forward(network: Network, input: Float64Array): Float64Array[] {
  const values = [input];
  network.forEach((layer, at) => {
    const rectified = at < network.length - 1;
    values.push(applyLayer(layer, values[at] ?? input, rectified));
  });
  return values;
}

function applyLayer(
  { inputs, outputs, weights, biases }: Layer,
  input: Float64Array,
  rectified: boolean,
): Float64Array {
  const sums = biases.slice();
  for (let i = 0; i < inputs; i++) {
    const value = input[i] ?? 0;
    if (value === 0) continue;
    const row = i * outputs;
    for (let o = 0; o < outputs; o++) sums[o] = (sums[o] ?? 0) + value * (weights[row + o] ?? 0);
  }
  if (rectified) for (let o = 0; o < outputs; o++) sums[o] = Math.max(0, sums[o] ?? 0);
  return sums;
}

/**
 * Adds one row's gradients to `gradients` (shaped like the network).
 * `values` are those `forward` gave; `outputGradient` is the loss's derivative by each linear output and is overwritten.
 */
export function backward(
  network: Network,
  values: readonly Float64Array[],
  outputGradient: Float64Array,
  gradients: Network,
): void {
  let above = outputGradient;
  for (let at = network.length - 1; at >= 0; at--) {
    const layer = network[at];
    const gradient = gradients[at];
    const input = values[at];
    if (layer === undefined || gradient === undefined || input === undefined)
      throw new RangeError('Layers do not match.');
    above = backwardLayer(layer, gradient, input, above);
  }
}

function backwardLayer(
  layer: Layer,
  gradient: Layer,
  input: Float64Array,
  above: Float64Array,
): Float64Array {
  const { inputs, outputs, weights } = layer;
  const below = new Float64Array(inputs);
  for (let o = 0; o < outputs; o++) gradient.biases[o] = (gradient.biases[o] ?? 0) + (above[o] ?? 0);
  for (let i = 0; i < inputs; i++) {
    const value = input[i] ?? 0;
    // A rectified unit that is 0 passes nothing on; at the first layer nothing reads `below`.
    if (value === 0) continue;
    const row = i * outputs;
    let sum = 0;
    for (let o = 0; o < outputs; o++) {
      const slope = above[o] ?? 0;
      sum += slope * (weights[row + o] ?? 0);
      gradient.weights[row + o] = (gradient.weights[row + o] ?? 0) + value * slope;
    }
    below[i] = sum;
  }
  return below;
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
