import type { Network } from './network.ts';

const MOMENTUM = 0.9;
const VARIANCE = 0.999;
const EPSILON = 1e-8;

/** Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019) over a network's parameters. */
export class Adam {
  readonly #decay: number;
  readonly #parameters: readonly Float64Array[];
  readonly #first: readonly Float64Array[];
  readonly #second: readonly Float64Array[];
  #steps = 0;

  constructor(network: Network, decay: number) {
    this.#decay = decay;
    this.#parameters = parameters(network);
    this.#first = this.#parameters.map(({ length }) => new Float64Array(length));
    this.#second = this.#parameters.map(({ length }) => new Float64Array(length));
  }

  /** One step against `gradients`, summed over `rows`; sets them to 0. */
  step(gradients: Network, rows: number, rate: number): void {
    this.#steps += 1;
    const firstScale = 1 / (1 - MOMENTUM ** this.#steps);
    const secondScale = 1 / (1 - VARIANCE ** this.#steps);
    parameters(gradients).forEach((gradient, at) => {
      const values = this.#parameters[at] ?? gradient;
      const first = this.#first[at] ?? gradient;
      const second = this.#second[at] ?? gradient;
      for (let i = 0; i < gradient.length; i++) {
        const slope = (gradient[i] ?? 0) / rows;
        const mean = MOMENTUM * (first[i] ?? 0) + (1 - MOMENTUM) * slope;
        const square = VARIANCE * (second[i] ?? 0) + (1 - VARIANCE) * slope * slope;
        first[i] = mean;
        second[i] = square;
        const value = values[i] ?? 0;
        const move = (mean * firstScale) / (Math.sqrt(square * secondScale) + EPSILON);
        values[i] = value - rate * (move + this.#decay * value);
        gradient[i] = 0;
      }
    });
  }
}

const parameters = (network: Network): Float64Array[] =>
  network.flatMap(({ weights, biases }) => [weights, biases]);
