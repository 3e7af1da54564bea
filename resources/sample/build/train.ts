import { Adam } from './adam.ts';
import { HEADS } from './heads.ts';
import { FEATURES, type Example } from './features.ts';
import { backward, createNetwork, emptyNetwork, forward, sigmoid, type Network } from './network.ts';
import { randomNumbers, shuffle } from './random.ts';
import { measureColumns, standardise, type Standardisation } from './standardise.ts';

export interface TrainingPlan {
  readonly seed: number;
  readonly hidden: readonly number[];
  readonly epochs: number;
  readonly rate: number;
  /** Whether a model may read a feature. */
  readonly uses: (feature: string) => boolean;
}

/** What training makes: a network over standardised features. */
export interface TrainedModel {
  readonly network: Network;
  readonly standardisation: Standardisation;
  readonly used: readonly boolean[];
}

const BATCH = 64;
const DECAY = 0.01;

/**
 * Trains all heads together: log loss for the probabilities, for play time the Poisson quasi-likelihood, whose optimum
 * is the mean. Adam with a rate falling to zero as a straight line. The same examples in the same order and the same plan
 * give the same weights.
 */
export function train(examples: readonly Example[], plan: TrainingPlan): TrainedModel {
  const random = randomNumbers(plan.seed);
  const standardisation = measureColumns(examples.map(({ features }) => features));
  const used = FEATURES.map(({ name }) => plan.uses(name));
  const inputs = examples.map(({ features }) => standardise(features, standardisation, used));
  const targets = examples.map(({ exposure }) =>
    Float64Array.from(HEADS, ({ target }) => target(exposure.outcome)),
  );
  const sizes = [FEATURES.length, ...plan.hidden, HEADS.length];
  const network = createNetwork(sizes, random);
  const gradients = emptyNetwork(sizes);
  const adam = new Adam(network, DECAY);
  const order = Uint32Array.from(examples, (_, at) => at);
  const steps = plan.epochs * Math.ceil(order.length / BATCH);
  let step = 0;
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += BATCH) {
      const batch = order.subarray(from, from + BATCH);
      for (const row of batch) {
        const input = inputs[row];
        const target = targets[row];
        if (input === undefined || target === undefined) throw new RangeError('No such row.');
        const values = forward(network, input);
        backward(network, values, lossGradient(values.at(-1) ?? input, target), gradients);
      }
      adam.step(gradients, batch.length, plan.rate * (1 - step++ / steps));
    }
  }
  return { network, standardisation, used };
}

/** Predicted minus observed, for both losses. */
const lossGradient = (outputs: Float64Array, target: Float64Array): Float64Array =>
  outputs.map((value, at) => activate(value, at) - (target[at] ?? 0));

/** Keeps e^x within what play time can be: 10 s · e^3.5 is more than its cap. */
export const LOG_PLAY_RANGE = { min: -6, max: 3.5 } as const;

/** A head's value from its linear output; play time in units of `PLAY_UNIT_MS`. */
export const activate = (value: number, head: number): number =>
  HEADS[head]?.kind === 'expectation'
    ? Math.exp(Math.min(LOG_PLAY_RANGE.max, Math.max(LOG_PLAY_RANGE.min, value)))
    : sigmoid(value);
