import { UNKNOWN } from './dimension.ts';
import { many, type Rule, type Rules } from './rule.ts';

/** [steps, directions, batch, hidden], then the last state of each: https://onnx.ai/onnx/operators/onnx__LSTM.html */
const recurrent: Rule = (facts) => {
  const data = facts.shape(0);
  if (data?.length !== 3) return [];
  const directions = facts.text('direction') === 'bidirectional' ? 2 : 1;
  const hidden =
    facts.text('hidden_size') === null ? (facts.shape(2)?.[2] ?? UNKNOWN) : facts.int('hidden_size', 0);
  const [first = UNKNOWN, second = UNKNOWN] = data;
  const batchFirst = facts.int('layout', 0) === 1;
  const all = batchFirst ? [first, second, directions, hidden] : [first, directions, second, hidden];
  const last = batchFirst ? [first, directions, hidden] : [directions, second, hidden];
  return facts.node.outputs.map((_, at) => (at === 0 ? all : last));
};

/** Operators that walk along a sequence. */
export const RECURRENT: Rules = many('RNN GRU LSTM', recurrent);
