import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openModel } from '../../../electron/workers/model.ts';
import { FEATURES, type Example } from '../../../resources/sample/build/features.ts';
import { HEADS } from '../../../resources/sample/build/heads.ts';
import { modelOnnx } from '../../../resources/sample/build/onnx-graph.ts';
import { predict } from '../../../resources/sample/build/predict.ts';
import { randomNumbers } from '../../../resources/sample/build/random.ts';
import { train } from '../../../resources/sample/build/train.ts';
import { exposure, HATED, LIKED } from '../../unit/sample/exposures.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-sample-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A video is hated where its first feature is above 0.5; the other features say nothing. */
const random = randomNumbers(3);
const examples = Array.from({ length: 600 }, (_, at): Example => {
  const features = Float32Array.from(FEATURES, () => 5 * random());
  features[0] = random();
  const outcome = (features[0] ?? 0) > 0.5 ? HATED : LIKED;
  return { exposure: exposure('2022-04-10', '1', String(at), { outcome }), features };
});
const model = train(examples, { seed: 1, hidden: [16, 8], epochs: 20, rate: 0.01, uses: () => true });

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

test('the ONNX model says what the trained network says, standardisation included', async () => {
  const path = join(folder, 'model.onnx');
  writeFileSync(path, modelOnnx('test', model));
  const opened = await openModel(path, { threads: 1 });
  const rows = Float32Array.from(examples.flatMap(({ features }) => [...features]));
  const outputs = await opened.run(rows, examples.length);
  await opened.close();
  expect(opened.outputs).toEqual(HEADS.map(({ output }) => output));
  for (const [output, expected] of predict(model, examples)) {
    const values = outputs.get(output);
    expected.forEach((value, row) =>
      expect(Math.abs((values?.[row] ?? NaN) - value)).toBeLessThan(1e-4 * Math.max(1, value)),
    );
  }
});

test('training learns a rule that the features hold, and the mean of the play time', () => {
  const outputs = predict(model, examples);
  const hate = outputs.get('p_hate') ?? new Float32Array(0);
  const right = examples.filter(
    (example, at) => (hate[at] ?? 0) > 0.5 === (example.exposure.outcome.hate === 1),
  );
  expect(right.length / examples.length).toBeGreaterThan(0.95);
  const played = mean(examples.map((example) => example.exposure.outcome.playMs));
  expect(mean([...(outputs.get('e_play_ms') ?? [])]) / played).toBeCloseTo(1, 1);
});

test('a column the model may not read changes none of its outputs', () => {
  const blind = train(examples, {
    seed: 1,
    hidden: [8],
    epochs: 1,
    rate: 0.01,
    uses: (name) => name !== FEATURES[0]?.name,
  });
  const changed = examples.map((example): Example => {
    const features = example.features.slice();
    features[0] = 100;
    return { ...example, features };
  });
  expect(predict(blind, changed)).toEqual(predict(blind, examples));
  expect(predict(model, changed)).not.toEqual(predict(model, examples));
});
