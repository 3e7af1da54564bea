import { describe, expect, it } from 'vitest';
import { describeHere, describeTensor } from '../../../electron/services/weights/describe-tensor.ts';
import { refineSpan, scanSpan } from '../../../electron/services/weights/walk-tensor.ts';
import { readOnnx } from '../../../electron/services/weights/read-onnx.ts';
import { readSafetensors } from '../../../electron/services/weights/read-safetensors.ts';
import { valueCount } from '../../../electron/services/weights/stored-tensor.ts';
import { expectAsNumpy, fixture, reference } from './reference.ts';

const safetensors = readSafetensors(fixture('every-dtype.safetensors'));
const onnx = readOnnx(fixture('every-dtype.onnx'));

describe('statistics of a tensor', () => {
  it.each(safetensors.map((tensor) => [tensor.dtype, tensor] as const))(
    'are those of numpy for %s in safetensors',
    async (dtype, tensor) => expectAsNumpy(await describeHere(tensor), dtype),
  );

  it.each(onnx.map((tensor) => [tensor.name, tensor] as const))(
    'are those of numpy for the ONNX tensor "%s"',
    async (_, tensor) => expectAsNumpy(await describeHere(tensor), tensor.dtype),
  );

  it.each(safetensors.map((tensor) => [tensor.dtype, tensor] as const))(
    'are the same for %s where values are too many to be sorted',
    async (_, tensor) => {
      const whole = { tensor, from: 0, to: valueCount(tensor) };
      const walked = await describeTensor(tensor, {
        scan: async (ordered) => scanSpan(whole, ordered),
        refine: async (refinement) => refineSpan(whole, refinement),
      });
      expect(walked).toEqual(await describeHere(tensor));
    },
  );

  it('cover every type of both formats', () => {
    expect(new Set([...safetensors, ...onnx].map(({ dtype }) => dtype))).toEqual(
      new Set(Object.keys(reference)),
    );
    expect(safetensors).toHaveLength(20);
    expect(onnx).toHaveLength(2 * 25 + 4);
  });

  it('name the one row of far larger norm', async () => {
    const tensor = safetensors.find(({ dtype }) => dtype === 'F64');
    const rows = tensor === undefined ? null : (await describeHere(tensor)).rows;
    const [outlier] = rows?.highOutliers ?? [];
    expect(rows?.outliers).toBe(1);
    expect(outlier?.row).toBe(11);
    expect(outlier?.norm).toBeCloseTo(reference['F64']?.norms[11] ?? Number.NaN, 12);
  });
});
