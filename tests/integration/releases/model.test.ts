import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeOnnx, type OnnxGraph } from '../../../electron/services/onnx/write.ts';
import { openModel, type Model } from '../../../electron/workers/model.ts';
import { StatesideError } from '../../../shared/domain/error.ts';
import { emptyFolder, twoHeads } from './sample-bundle.ts';

function modelFile(graph: OnnxGraph): string {
  const path = join(emptyFolder(), 'model.onnx');
  writeFileSync(path, writeOnnx(graph));
  return path;
}

async function open(graph: OnnxGraph, threads = 1): Promise<Model> {
  const model = await openModel(modelFile(graph), { threads });
  onTestFinished(() => model.close());
  return model;
}

/** Values between −1 and 1 that look random and are the same every time. */
const noise = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, index) => Math.sin((index + 1) * (seed + 0.7) * 12.9898) ** 3);

/** 24 features, two hidden layers, three heads of which one is made by Clip and Exp. */
const deep: OnnxGraph = {
  name: 'deep',
  inputs: [{ name: 'features', shape: ['N', 24] }],
  outputs: [
    { name: 'p_like', shape: ['N', 1] },
    { name: 'p_hate', shape: ['N', 1] },
    { name: 'e_play', shape: ['N'] },
  ],
  nodes: [
    { op: 'Gemm', inputs: ['features', 'w1', 'b1'], outputs: ['z1'] },
    { op: 'Relu', inputs: ['z1'], outputs: ['h1'] },
    { op: 'Gemm', inputs: ['h1', 'w2', 'b2'], outputs: ['z2'], attributes: { transB: { int: 1 } } },
    { op: 'Relu', inputs: ['z2'], outputs: ['h2'] },
    { op: 'MatMul', inputs: ['h2', 'heads'], outputs: ['logits'] },
    { op: 'Split', inputs: ['logits'], outputs: ['like', 'hate', 'play'], attributes: { axis: { int: 1 } } },
    { op: 'Sigmoid', inputs: ['like'], outputs: ['p_like'] },
    { op: 'Sigmoid', inputs: ['hate'], outputs: ['p_hate'] },
    { op: 'Clip', inputs: ['play', 'low', 'high'], outputs: ['clipped'] },
    { op: 'Exp', inputs: ['clipped'], outputs: ['exponential'] },
    { op: 'Squeeze', inputs: ['exponential', 'axis1'], outputs: ['e_play'] },
  ],
  initializers: [
    { name: 'w1', shape: [24, 96], data: noise(24 * 96, 1) },
    { name: 'b1', shape: [96], data: noise(96, 2) },
    { name: 'w2', shape: [48, 96], data: noise(48 * 96, 3) },
    { name: 'b2', shape: [48], data: noise(48, 4) },
    { name: 'heads', shape: [48, 3], data: noise(48 * 3, 5) },
    { name: 'low', shape: [], data: Float32Array.of(-5) },
    { name: 'high', shape: [], data: Float32Array.of(5) },
    { name: 'axis1', shape: [1], data: BigInt64Array.of(1n) },
  ],
};

describe('a model', () => {
  it('computes what its graph says', async () => {
    const model = await open(twoHeads);
    expect(model.featureCount).toBe(2);
    expect(model.outputs).toEqual(['p_like', 'e_play']);
    const outputs = await model.run(Float32Array.of(0, 0, 1, 0, 1, 1), 3);
    expect([...outputs.keys()]).toEqual(['p_like', 'e_play']);
    const like = outputs.get('p_like') ?? [];
    const play = [...(outputs.get('e_play') ?? [])];
    // sigmoid(0), sigmoid(1), sigmoid(3)
    for (const [index, expected] of [0.5, 0.731058578630005, 0.952574126822433].entries()) {
      expect(like[index]).toBeCloseTo(expected, 6);
    }
    expect(play).toEqual([0, 3, 3]);
  });

  it('answers an empty request with empty outputs', async () => {
    const outputs = await (await open(twoHeads)).run(new Float32Array(0), 0);
    expect([...outputs].map(([name, values]) => [name, values.length])).toEqual([
      ['p_like', 0],
      ['e_play', 0],
    ]);
  });

  it('gives each row the same bits whatever the batch size and the number of threads', async () => {
    const rows = 448;
    const features = noise(rows * 24, 6);
    const whole = await (await open(deep)).run(features, rows);
    for (const [batch, threads] of [
      [1, 1],
      [7, 1],
      [64, 1],
      [64, 2],
    ] as const) {
      const model = await open(deep, threads);
      for (let row = 0; row < rows; row += batch) {
        const part = await model.run(features.subarray(row * 24, (row + batch) * 24), batch);
        for (const [name, values] of part) {
          expect(bits(values)).toEqual(bits(whole.get(name)?.slice(row, row + batch)));
        }
      }
    }
  });

  it('passes NaN on rather than hiding it', async () => {
    const outputs = await (await open(twoHeads)).run(Float32Array.of(Number.NaN, 0), 1);
    expect(outputs.get('p_like')?.[0]).toBeNaN();
  });
});

const bits = (values: Float32Array | undefined) => [
  ...new Uint32Array((values ?? new Float32Array(0)).slice().buffer),
];

const faults: [what: string, graph: OnnxGraph, sentence: RegExp][] = [
  [
    'an operator that does not exist',
    {
      ...twoHeads,
      nodes: [{ op: 'NoSuchOp', inputs: ['features'], outputs: ['p_like'] }],
      outputs: [{ name: 'p_like', shape: ['N', 1] }],
    },
    /cannot be loaded as an ONNX model \(.*NoSuchOp/,
  ],
  [
    'an input of another name',
    {
      ...twoHeads,
      inputs: [{ name: 'x', shape: ['N', 2] }],
      nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['p_like'] }],
      outputs: [{ name: 'p_like', shape: ['N', 2] }],
    },
    /has the inputs "x"/,
  ],
  [
    'a number of features that is not fixed',
    { ...twoHeads, inputs: [{ name: 'features', shape: ['N', 'F'] }] },
    /input "features" is float32 \[N, F\], it must be float32 \[N, F\] with F fixed/,
  ],
  [
    'an output of two columns',
    {
      ...twoHeads,
      nodes: [{ op: 'Identity', inputs: ['features'], outputs: ['p_like'] }],
      outputs: [{ name: 'p_like', shape: ['N', 2] }],
    },
    /output "p_like" is float32 \[N, 2\], it must be float32 \[N\] or \[N, 1\]/,
  ],
];

describe('a model is refused in one sentence that names its file, for', () => {
  it.each(faults)('%s', async (_what, graph, sentence) => {
    const path = modelFile(graph);
    const opening = openModel(path, { threads: 1 });
    await expect(opening).rejects.toThrow(sentence);
    await expect(opening).rejects.toThrow(path);
    await expect(opening).rejects.toBeInstanceOf(StatesideError);
  });

  it('a file that is missing or broken', async () => {
    const path = modelFile(twoHeads);
    writeFileSync(path, readFileSync(path).subarray(0, 60));
    await expect(openModel(path, { threads: 1 })).rejects.toThrow(
      `${path} cannot be loaded as an ONNX model`,
    );
    await expect(openModel('/nowhere/model.onnx', { threads: 1 })).rejects.toThrow(
      /\/nowhere\/model\.onnx cannot be loaded/,
    );
  });

  it('an output that is declared per row but comes back with another length', async () => {
    const distinct: OnnxGraph = {
      ...twoHeads,
      outputs: [{ name: 'p_like', shape: ['M'] }],
      nodes: [{ op: 'Unique', inputs: ['features'], outputs: ['p_like'] }],
    };
    const model = await open(distinct);
    await expect(model.run(new Float32Array(6), 3)).rejects.toThrow(
      /output "p_like" came back as float32 \[1\] for 3 candidates, it must be one float32 for each/,
    );
  });

  it('a request with features of the wrong length', async () => {
    const model = await open(twoHeads);
    await expect(model.run(new Float32Array(5), 3)).rejects.toThrow(
      /takes 2 features per candidate: 3 candidates need 6 values, not 5/,
    );
  });
});
