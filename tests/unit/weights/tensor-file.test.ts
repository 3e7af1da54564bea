import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { npyHeader } from '../../../shared/domain/weights/npy.ts';
import { readOnnx } from '../../../electron/services/weights/read-onnx.ts';
import { readSafetensors } from '../../../electron/services/weights/read-safetensors.ts';
import type { StoredTensor } from '../../../electron/services/weights/stored-tensor.ts';
import { sliceHistogram } from '../../../electron/services/weights/slice-histogram.ts';
import { tensorPart, type TensorForm } from '../../../electron/services/weights/tensor-file.ts';
import { fixture, reference } from './reference.ts';

const tensors = [
  ...readSafetensors(fixture('every-dtype.safetensors')),
  ...readOnnx(fixture('every-dtype.onnx')),
];

function bytesOf(tensor: StoredTensor, slice: string, form: TensorForm): Buffer {
  const parts: Uint8Array[] = [];
  for (let from: number | null = 0; from !== null;) {
    const part = tensorPart({ tensor, slice, form }, from);
    parts.push(part.bytes);
    from = part.next;
  }
  return Buffer.concat(parts);
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const named = (name: string): StoredTensor => {
  const tensor = tensors.find((each) => each.name === name);
  if (tensor === undefined) throw new Error(`no ${name}`);
  return tensor;
};
const lines = (tensor: StoredTensor, slice: string) =>
  bytesOf(tensor, slice, 'csv').toString().trimEnd().split('\r\n');

describe('a tensor exported as .npy', () => {
  // a sparse tensor keeps no −0
  const dense = tensors.filter(({ data }) => data.kind !== 'sparse');
  it.each(dense.map((tensor) => [tensor.name, tensor] as const))(
    'is to the byte what numpy saves: %s, whole and in slices',
    (_, tensor) => {
      const expected = reference[tensor.dtype];
      expect(sha256(bytesOf(tensor, '', 'npy'))).toBe(expected?.npy);
      expect(sha256(bytesOf(tensor, '2:20, 3:7', 'npy'))).toBe(expected?.npySlice);
      expect(sha256(bytesOf(tensor, '..., 5', 'npy'))).toBe(expected?.npyColumn);
      expect(sha256(bytesOf(tensor, '7, 5', 'npy'))).toBe(expected?.npyScalar);
    },
  );

  it('has a header of version 2.0 where its shape is too long for 1.0', () => {
    const ones = Array.from({ length: 30_000 }, () => 1);
    expect([...npyHeader('<f4', [2]).subarray(6, 8)]).toEqual([1, 0]);
    const long = npyHeader('<f4', ones);
    expect([...long.subarray(6, 8)]).toEqual([2, 0]);
    expect(long.length % 64).toBe(0);
    expect(new DataView(long.buffer).getUint32(8, true)).toBe(long.length - 12);
  });
});

describe('the histogram of a slice', () => {
  it.each(tensors.map((tensor) => [tensor.name, tensor] as const))(
    "is numpy's: %s, whole and in part",
    (_, tensor) => {
      const { histogram, sliceHistogram: part } = reference[tensor.dtype] ?? {};
      expect(sliceHistogram(tensor, '').histogram?.counts).toEqual(histogram);
      expect(sliceHistogram(tensor, '2:20, 3:7').histogram?.counts).toEqual(part);
    },
  );

  it('counts what is not finite, and has no bins where nothing is', () => {
    const { nans = 0, infinities = 0, values = 0 } = reference['F32'] ?? {};
    const whole = sliceHistogram(named('F32'), '');
    expect(whole).toMatchObject({ nans, infinities, finite: values - nans - infinities });
    expect(sliceHistogram(named('F32'), '0, 8')).toEqual({
      ...{ finite: 0, nans: 1, infinities: 0 },
      histogram: null,
    });
  });
});

describe('a tensor exported as CSV', () => {
  it('has a line for each row, and every digit of a whole number', () => {
    const [heading, ...rows] = lines(named('I64'), '0:2, 14:');
    expect(heading).toBe('axis 0,14,15');
    expect(rows).toHaveLength(2);
    const npy = bytesOf(named('I64'), '0:2, 14:', 'npy');
    const data = new BigInt64Array(Uint8Array.from(npy.subarray(npy.length - 32)).buffer);
    expect(rows).toEqual([`0,${data[0]},${data[1]}`, `1,${data[2]},${data[3]}`]);
  });

  it('has a line for each value of one axis, and floats in as few digits as tell them apart', () => {
    const rows = lines(named('F32'), '5').slice(1);
    expect(lines(named('F32'), '5')[0]).toBe('axis 1,value');
    const npy = bytesOf(named('F32'), '5', 'npy');
    const data = new Float32Array(Uint8Array.from(npy.subarray(npy.length - 64)).buffer);
    expect(rows.map((row) => Math.fround(Number(row.split(',')[1])))).toEqual([...data].map((x) => x + 0));
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThan(20);
  });

  it('writes NaN and infinity out, and complex numbers as Python does', () => {
    expect(lines(named('F64'), '0, 8:11').slice(1)).toEqual(['8,NaN', '9,Infinity', '10,-0']);
    expect(lines(named('C64'), '0, 0')[1]).toMatch(/^-?\d+\.\d+[+-]\d+\.\d+j$/);
  });

  it('has only its heading where a slice holds nothing', () => {
    expect(lines(named('F32'), '3:3, :4')).toEqual(['axis 0,0,1,2,3']);
  });
});

it('a tensor of text is not exported', () => {
  const text = { ...named('F32'), name: 'words', dtype: 'STRING' } as const;
  expect(() => tensorPart({ tensor: text, slice: '', form: 'npy' }, 0)).toThrow('"words" holds text');
});
