import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { badInput, notFound } from '../../../shared/domain/error.ts';
import { isTensorFile } from '../../../shared/domain/release/files.ts';
import type { Bundle } from '../releases/bundle.ts';
import { readOnnx } from './read-onnx.ts';
import { readSafetensors } from './read-safetensors.ts';
import type { StoredTensor } from './stored-tensor.ts';
import { checkTensorCount } from './tensor-count.ts';

/** The tensors of one file or of a whole bundle. */
export interface OpenWeights {
  readonly tensors: readonly StoredTensor[];
  dispose(): Promise<void>;
}

/** Opens a .safetensors or .onnx file, or a bundle: a folder or a .zip of one. */
export async function openWeights(path: string): Promise<OpenWeights> {
  const info = await stat(path).catch(() => null);
  if (info === null) throw notFound(`${path} does not exist; name a weights file or a bundle.`);
  if (info.isFile() && !path.endsWith('.zip'))
    return { tensors: readFile(path, path), dispose: async () => {} };
  const { openBundle } = await import('../releases/bundle.ts'); // a file alone needs none of it
  const bundle = await openBundle(path);
  try {
    return { tensors: bundleTensors(bundle, path), dispose: () => bundle.dispose() };
  } catch (error) {
    await bundle.dispose();
    throw error;
  }
}

/** All tensors of a bundle; those of a checkpoint carry its path before their name. */
export const bundleTensors = (bundle: Bundle, name: string): StoredTensor[] =>
  bundleWeights(bundle, name).flatMap(({ tensors }) => tensors);

/** A file of a bundle that holds tensors. */
export interface WeightsFile {
  /** Its path in the bundle. */
  readonly file: string;
  readonly tensors: readonly StoredTensor[];
}

/** The same tensors, file by file. */
export function bundleWeights(bundle: Bundle, name: string): WeightsFile[] {
  let count = 0;
  return bundle.files
    .filter((file) => isTensorFile(file.path))
    .map(({ path }) => {
      const tensors = readFile(join(bundle.root, path), `${name}/${path}`);
      count += tensors.length;
      checkTensorCount(name, count);
      return {
        file: path,
        tensors: path === 'model.onnx' ? tensors : tensors.map((tensor) => renamed(tensor, path)),
      };
    });
}

const renamed = (tensor: StoredTensor, file: string): StoredTensor => ({
  ...tensor,
  name: `${file}: ${tensor.name}`,
});

function readFile(path: string, name: string): StoredTensor[] {
  if (path.endsWith('.safetensors')) return readSafetensors(path, name);
  if (path.endsWith('.onnx')) return readOnnx(path, name);
  throw badInput(`${name} is neither .safetensors nor .onnx; convert it to one of them.`);
}
