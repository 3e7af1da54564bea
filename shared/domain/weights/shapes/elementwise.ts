import { broadcast } from './dimension.ts';
import { many, one, type Rule, type Rules } from './rule.ts';

const asFirst = one((facts) => facts.shape(0));
/** Every output has the shape of the first input. */
const allAsFirst: Rule = (facts) => facts.node.outputs.map(() => facts.shape(0));

const broadcasting = one(({ shapes }) => {
  const known = shapes.filter((shape) => shape !== null);
  return known.length === shapes.length ? broadcast(known) : null;
});

/** Mean and deviation have one value for each row that is normalised. */
const layerNormalization: Rule = (facts) => {
  const data = facts.shape(0);
  if (data === null) return [];
  const axis = facts.int('axis', -1);
  const from = axis < 0 ? axis + data.length : axis;
  const rows = data.map((size, at) => (at < from ? size : 1));
  return [data, rows, rows];
};

/** Operators that leave shapes as they are, or broadcast them. */
export const ELEMENTWISE: Rules = [
  ...many(
    'Abs Acos Acosh Asin Asinh Atan Atanh Bernoulli BitwiseNot Cast CastLike Ceil Celu Clip Cos Cosh CumProd CumSum ' +
      'DequantizeLinear Elu Erf Exp EyeLike Floor Gelu GroupNormalization HardSigmoid HardSwish Hardmax Identity ' +
      'InstanceNormalization IsInf IsNaN LRN LeakyRelu Log LogSoftmax LpNormalization MeanVarianceNormalization Mish ' +
      'Neg Not PRelu QuantizeLinear RMSNormalization RandomNormalLike RandomUniformLike Reciprocal RegexFullMatch Relu ' +
      'ReverseSequence RotaryEmbedding Round Scatter ScatterElements ScatterND Selu Shrink Sigmoid Sign Sin Sinh ' +
      'Softmax Softplus Softsign Sqrt Swish Tan Tanh TensorScatter ThresholdedRelu Trilu',
    asFirst,
  ),
  ['Dropout', allAsFirst],
  ['BatchNormalization', (facts) => [facts.shape(0), facts.shape(3), facts.shape(4)]],
  ['LayerNormalization', layerNormalization],
  ['DynamicQuantizeLinear', (facts) => [facts.shape(0), [], []]],
  ...many(
    'Add And BitShift BitwiseAnd BitwiseOr BitwiseXor Div Equal Greater GreaterOrEqual Less LessOrEqual Max Mean Min ' +
      'Mod Mul Or Pow StringConcat Sub Sum Where Xor',
    broadcasting,
  ),
];
