import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { writeOnnx, type OnnxGraph } from '../../../electron/services/onnx/write.ts';

/** An empty folder that is gone after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stateside-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Two heads over two features: p_like = sigmoid(x₀ + 2·x₁) as [N, 1], e_play = 3·x₀ as [N]. */
export const twoHeads: OnnxGraph = {
  name: 'two heads',
  inputs: [{ name: 'features', shape: ['N', 2] }],
  outputs: [
    { name: 'p_like', shape: ['N', 1] },
    { name: 'e_play', shape: ['N'] },
  ],
  nodes: [
    { op: 'MatMul', inputs: ['features', 'like'], outputs: ['logit'] },
    { op: 'Sigmoid', inputs: ['logit'], outputs: ['p_like'] },
    { op: 'MatMul', inputs: ['features', 'play'], outputs: ['e_play'] },
  ],
  initializers: [
    { name: 'like', shape: [2, 1], data: Float32Array.of(1, 2) },
    { name: 'play', shape: [2], data: Float32Array.of(3, 0) },
  ],
};

export type BundleFiles = Record<string, string | Uint8Array>;

/** The files of a sound bundle, some of them exchanged. */
export const bundleFiles = (changed: BundleFiles = {}): BundleFiles => ({
  'release.yaml': [
    'name: us-ranker',
    'version: "1.0"',
    'team: us',
    'parent: null',
    'created_at: "2025-01-31T12:00:00Z"',
    'submitted_by: analyst@example.com',
    'intended_use: Ranks the test feed.',
    '',
  ].join('\n'),
  'model.onnx': writeOnnx(twoHeads),
  'policy.yaml': [
    'version: 1',
    'heads:',
    '  - {name: like, output: p_like, kind: probability, weight: 1, min: 0, max: 5}',
    '  - {name: play, output: e_play, kind: expectation, weight: 0.1, min: 0, max: 1}',
    'top_k: 10',
    '',
  ].join('\n'),
  'features.json': '["age", "watched"]\n',
  'training-data.json': JSON.stringify({
    datasets: [
      {
        name: 'us-log',
        jurisdiction: 'US',
        rows: 10,
        period: { from: '2025-01-01', to: '2025-01-30' },
        sha256: 'a'.repeat(64),
      },
    ],
  }),
  'model-card.md': '# US ranker\n',
  ...changed,
});

/** Writes files into a new folder `candidate`, which is gone after the test. */
export function bundleFolder(files: BundleFiles = bundleFiles()): string {
  const root = join(emptyFolder(), 'candidate');
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
}

/** A safetensors checkpoint with one float32 tensor. */
export function safetensors(values: Float32Array, shape: readonly number[] = [values.length]): Uint8Array {
  const header = JSON.stringify({
    tower: { dtype: 'F32', shape, data_offsets: [0, values.byteLength] },
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, Buffer.from(header), Buffer.from(values.buffer)]);
}
