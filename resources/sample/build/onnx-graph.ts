import { writeOnnx, type OnnxNode, type OnnxTensor } from '../../../electron/services/onnx/write.ts';
import { HEADS, PLAY_UNIT_MS } from './heads.ts';
import type { Layer } from './network.ts';
import { LOG_PLAY_RANGE, type TrainedModel } from './train.ts';

const scalar = (name: string, value: number): OnnxTensor => ({
  name,
  shape: [],
  data: Float32Array.of(value),
});

/**
 * The model as ONNX: "features" [N, F] as the snapshot holds them, standardisation folded into the first layer,
 * one output [N, 1] per head in the order of `HEADS`.
 */
export function modelOnnx(name: string, model: TrainedModel): Uint8Array {
  const layers = foldStandardisation(model);
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  let value = 'features';
  layers.forEach(({ inputs, outputs, weights, biases }, at) => {
    const names = { weights: `layer${at}.weight`, biases: `layer${at}.bias`, sum: `layer${at}.sum` };
    initializers.push(
      { name: names.weights, shape: [inputs, outputs], data: Float32Array.from(weights) },
      { name: names.biases, shape: [outputs], data: Float32Array.from(biases) },
    );
    nodes.push({ op: 'Gemm', inputs: [value, names.weights, names.biases], outputs: [names.sum] });
    value = names.sum;
    if (at === layers.length - 1) return;
    value = `layer${at}.rectified`;
    nodes.push({ op: 'Relu', inputs: [names.sum], outputs: [value] });
  });
  initializers.push(
    { name: 'split', shape: [HEADS.length], data: BigInt64Array.from(HEADS, () => 1n) },
    scalar('log_play.min', LOG_PLAY_RANGE.min),
    scalar('log_play.max', LOG_PLAY_RANGE.max),
    scalar('play_unit_ms', PLAY_UNIT_MS),
  );
  const columns = HEADS.map(({ output }) => `${output}.linear`);
  nodes.push({ op: 'Split', inputs: [value, 'split'], outputs: columns, attributes: { axis: { int: 1 } } });
  HEADS.forEach(({ kind, output }) => nodes.push(...headNodes(kind, output)));
  return writeOnnx({
    name,
    inputs: [{ name: 'features', shape: ['N', model.used.length] }],
    outputs: HEADS.map(({ output }) => ({ name: output, shape: ['N', 1] })),
    nodes,
    initializers,
  });
}

function headNodes(kind: 'probability' | 'expectation', output: string): OnnxNode[] {
  const linear = `${output}.linear`;
  if (kind === 'probability') return [{ op: 'Sigmoid', inputs: [linear], outputs: [output] }];
  return [
    { op: 'Clip', inputs: [linear, 'log_play.min', 'log_play.max'], outputs: [`${output}.clipped`] },
    { op: 'Exp', inputs: [`${output}.clipped`], outputs: [`${output}.units`] },
    { op: 'Mul', inputs: [`${output}.units`, 'play_unit_ms'], outputs: [output] },
  ];
}

/** W·(x − mean) / deviation + b as W′·x + b′; a column the model may not read gets weights 0. */
function foldStandardisation({ network, standardisation, used }: TrainedModel): Layer[] {
  const [first, ...others] = network;
  if (first === undefined) throw new RangeError('A network has a layer.');
  const weights = first.weights.slice();
  const biases = first.biases.slice();
  for (let i = 0; i < first.inputs; i++) {
    const scale = used[i] ? 1 / (standardisation.deviations[i] ?? 1) : 0;
    for (let o = 0; o < first.outputs; o++) {
      const weight = (weights[i * first.outputs + o] ?? 0) * scale;
      weights[i * first.outputs + o] = weight;
      biases[o] = (biases[o] ?? 0) - weight * (standardisation.means[i] ?? 0);
    }
  }
  return [{ ...first, weights, biases }, ...others];
}
