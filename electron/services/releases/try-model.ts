import { openModel } from '../../workers/model.ts';
import type { Bundle } from './bundle.ts';

const ROWS = 3;

/** Runs a bundle's model once on zeros: refuses one that onnxruntime cannot load, or that answers in another shape. */
export async function tryModel({ modelPath, features }: Bundle, name = modelPath): Promise<void> {
  const model = await openModel(modelPath, { threads: 1, name });
  try {
    await model.run(new Float32Array(ROWS * features.length), ROWS);
  } finally {
    await model.close();
  }
}
