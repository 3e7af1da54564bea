import type { Example } from './features.ts';
import { HEADS, PLAY_UNIT_MS } from './heads.ts';
import { forward } from './network.ts';
import { standardise } from './standardise.ts';
import { activate, type TrainedModel } from './train.ts';

/** The model's outputs for the examples in their order, before the weights are rounded to float32. */
export function predict(
  { network, standardisation, used }: TrainedModel,
  examples: readonly Example[],
): ReadonlyMap<string, Float32Array> {
  const rows = examples.map(({ features }) =>
    forward(network, standardise(features, standardisation, used)).at(-1),
  );
  return new Map(
    HEADS.map(({ output, kind }, head) => {
      const unit = kind === 'expectation' ? PLAY_UNIT_MS : 1;
      return [output, Float32Array.from(rows, (linear) => unit * activate(linear?.[head] ?? NaN, head))];
    }),
  );
}
