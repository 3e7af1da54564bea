import { describe, expect, it } from 'vitest';
import { writeOnnx } from '../../../electron/services/onnx/write.ts';
import { openBundle } from '../../../electron/services/releases/bundle.ts';
import { StatesideError } from '../../../shared/domain/error.ts';
import { changedModel } from './changed-model.ts';
import { bundleFiles, bundleFolder, safetensors, twoHeads, type BundleFiles } from './sample-bundle.ts';

const open = (changed: BundleFiles) => openBundle(bundleFolder(bundleFiles(changed)));

describe('a sound bundle', () => {
  it('tells its papers, features, outputs and files', async () => {
    const bundle = await open({ 'weights/tower.safetensors': safetensors(Float32Array.of(1)) });
    expect(bundle.manifest.name).toBe('us-ranker');
    expect(bundle.features).toEqual(['age', 'watched']);
    expect(bundle.outputs).toEqual([
      { name: 'p_like', shape: 'float32 [N, 1]' },
      { name: 'e_play', shape: 'float32 [N]' },
    ]);
    expect(bundle.trainingData.datasets[0]?.jurisdiction).toBe('US');
    expect(bundle.files.map((file) => file.path)).toEqual([
      'features.json',
      'model-card.md',
      'model.onnx',
      'policy.yaml',
      'release.yaml',
      'training-data.json',
      'weights/tower.safetensors',
    ]);
  });

  it('names its features as its file does, to the space', async () => {
    expect((await open({ 'features.json': '[" age", "watched "]' })).features).toEqual([' age', 'watched ']);
  });

  it('keeps its identity when it is signed, and loses it with any other byte', async () => {
    const { digest } = await open({});
    expect((await open({ 'model.sig': '{}' })).digest).toBe(digest);
    expect((await open({ 'model-card.md': '# US ranker' })).digest).not.toBe(digest);
    expect((await open({ 'weights/a.safetensors': safetensors(Float32Array.of(1)) })).digest).not.toBe(
      digest,
    );
  });
});

const faults: [what: string, changed: BundleFiles, sentence: RegExp][] = [
  [
    'a manifest without a team',
    { 'release.yaml': 'name: a\nversion: "1"\n' },
    /candidate\/release\.yaml: line 1: team must be "us" or "global"/,
  ],
  [
    'a version that YAML reads as a number',
    { 'release.yaml': String(bundleFiles()['release.yaml']).replace('"1.0"', '1.0') },
    /release\.yaml: line 2: version must be text/,
  ],
  [
    'an unknown key',
    { 'release.yaml': `${String(bundleFiles()['release.yaml'])}approved: true\n` },
    /release\.yaml: .*unknown key "approved"/,
  ],
  [
    'a weight outside its own bounds',
    { 'policy.yaml': String(bundleFiles()['policy.yaml']).replace('weight: 1,', 'weight: 9,') },
    /policy\.yaml: line \d+: heads\[0\]\.weight is 9, outside its own min 0 and max 5/,
  ],
  ['features.json that is no JSON', { 'features.json': '["age",' }, /features\.json: is not strict JSON/],
  [
    'training data that two readers could take for different data',
    { 'training-data.json': `{"datasets": [], ${String(bundleFiles()['training-data.json']).slice(1)}` },
    /training-data\.json: is not strict JSON \(the name "datasets" stands twice/,
  ],
  ['a feature named twice', { 'features.json': '["age", "age"]' }, /features\.json: .*names a feature twice/],
  [
    'training data without datasets',
    { 'training-data.json': '{"datasets": []}' },
    /training-data\.json: datasets must not be empty/,
  ],
  [
    'a paper that is not UTF-8',
    { 'model-card.md': Buffer.from([0xff, 0xfe, 0x41]) },
    /model-card\.md: is not UTF-8 text/,
  ],
  ['an empty model card', { 'model-card.md': '\n' }, /model-card\.md: is empty/],
  [
    'fewer features than the model takes',
    { 'features.json': '["age"]' },
    /model\.onnx takes 2 features, but features\.json names 1/,
  ],
  [
    'a head the model lacks',
    { 'policy.yaml': String(bundleFiles()['policy.yaml']).replace('e_play', 'p_hate') },
    /model\.onnx lacks the output "p_hate" that policy\.yaml's head "play" needs; it has p_like, e_play/,
  ],
  [
    'a model that is none',
    { 'model.onnx': 'not a model at all' },
    /model\.onnx is not a readable ONNX model/,
  ],
  ['an empty model', { 'model.onnx': '' }, /model\.onnx is not a readable ONNX model \(it holds no graph\)/],
  [
    'a model cut short',
    { 'model.onnx': writeOnnx(twoHeads).subarray(0, -20) },
    /model\.onnx is not a readable ONNX model/,
  ],
  [
    'an input of another name',
    { 'model.onnx': writeOnnx({ ...twoHeads, inputs: [{ name: 'x', shape: ['N', 2] }] }) },
    /has the inputs "x"; a release's model has one, named "features"/,
  ],
  [
    'two inputs',
    { 'model.onnx': writeOnnx({ ...twoHeads, inputs: [...twoHeads.inputs, { name: 'x', shape: ['N'] }] }) },
    /has the inputs "features", "x"/,
  ],
  [
    'a fixed number of rows',
    { 'model.onnx': writeOnnx({ ...twoHeads, inputs: [{ name: 'features', shape: [64, 2] }] }) },
    /input "features" is float32 \[64, 2\], it must be float32 \[N, F\]/,
  ],
  [
    'an output of two columns',
    { 'model.onnx': writeOnnx({ ...twoHeads, outputs: [{ name: 'p_like', shape: ['N', 2] }] }) },
    /output "p_like" is float32 \[N, 2\], it must be float32 \[N\] or \[N, 1\]/,
  ],
  [
    'an output of three dimensions',
    { 'model.onnx': writeOnnx({ ...twoHeads, outputs: [{ name: 'p_like', shape: ['N', 1, 1] }] }) },
    /output "p_like" is float32 \[N, 1, 1\]/,
  ],
];

describe('a bundle is refused, naming file and place, for', () => {
  it.each(faults)('%s', async (_what, changed, sentence) => {
    await expect(open(changed)).rejects.toThrow(sentence);
    await expect(open(changed)).rejects.toBeInstanceOf(StatesideError);
  });
});

const customNode = { op_type: 'RunCode', domain: 'evil.ops', input: ['features'], output: ['x'] };
const externalTensor = (location: string) => ({
  name: 'like',
  dims: [2, 1],
  data_type: 1,
  data_location: 1,
  external_data: [{ key: 'location', value: location }],
});

describe('a model may not reach outside its bundle', () => {
  it('by an operator of another domain', async () => {
    const model = changedModel((graph) => graph.node.push(customNode));
    await expect(open({ 'model.onnx': model })).rejects.toThrow(
      /uses the operator "RunCode" of the domain "evil\.ops"/,
    );
  });

  it('by an operator of another domain within a branch', async () => {
    const branch = { name: 'then_branch', type: 5, g: { node: [customNode] } };
    const model = changedModel((graph) =>
      graph.node.push({ op_type: 'If', input: ['c'], output: ['x'], attribute: [branch] }),
    );
    await expect(open({ 'model.onnx': model })).rejects.toThrow(
      /uses the operator "RunCode" of the domain "evil\.ops"/,
    );
  });

  it.each([
    '/etc/passwd',
    '../secret',
    'weights/../../secret',
    'missing.bin',
    'release.yaml',
    'weights/absent.safetensors',
    '*/_ORT_MEM_ADDR_/*',
    '',
  ])('by tensor data at "%s"', async (location) => {
    const model = changedModel((graph) => graph.initializer.splice(0, 1, externalTensor(location)));
    await expect(open({ 'model.onnx': model })).rejects.toThrow(`reads tensor data from "${location}"`);
  });

  it('but may keep tensors in a checkpoint of the bundle', async () => {
    const model = changedModel((graph) =>
      graph.initializer.splice(0, 1, externalTensor('weights/tower.safetensors')),
    );
    const bundle = await open({
      'model.onnx': model,
      'weights/tower.safetensors': safetensors(Float32Array.of(1, 2)),
    });
    expect(bundle.outputs).toHaveLength(2);
  });
});
