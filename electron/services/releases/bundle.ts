import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleDigest } from '../../../shared/domain/release/digest.ts';
import { isTensorFile, isWeightsFile } from '../../../shared/domain/release/files.ts';
import { inspectOnnx } from '../onnx/inspect.ts';
import { readOnnx } from '../weights/read-onnx.ts';
import { readSafetensors } from '../weights/read-safetensors.ts';
import { checkTensorCount } from '../weights/tensor-count.ts';
import { checkModel, describeValue } from './check-model.ts';
import { copyBundle } from './copy-bundle.ts';
import { openFolder } from './folder-source.ts';
import { readPapers, type Papers } from './papers.ts';
import { readEntry, type BundleFile } from './read-file.ts';
import { BUNDLE_LIMITS, checkListing } from './source.ts';

/** A release bundle that was read and found whole. */
export interface Bundle extends Papers {
  /** Its identity, see `bundleDigest`. */
  readonly digest: string;
  /** The folder its files lie in. */
  readonly root: string;
  /** In order of path. */
  readonly files: readonly BundleFile[];
  readonly modelPath: string;
  readonly outputs: readonly { name: string; shape: string }[];
  /** Removes the folder a zip was unpacked to; does nothing for a folder. */
  dispose(): Promise<void>;
}

/**
 * Opens a bundle, a folder or a .zip of one, and checks all of it that can be checked without running the model.
 * Throws one sentence naming the first file at fault; nothing is left behind then.
 */
export async function openBundle(path: string, limits = BUNDLE_LIMITS): Promise<Bundle> {
  const info = await stat(path).catch(() => null);
  if (info?.isDirectory() === true) return readBundle(path, path, limits);
  const root = await mkdtemp(join(tmpdir(), 'stateside-bundle-'));
  const dispose = () => rm(root, { recursive: true, force: true });
  try {
    await copyBundle(path, root, limits);
    return { ...(await readBundle(root, path, limits)), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Hashes, parses and checks the bundle in the folder `root`; sentences call it `name`. */
export async function readBundle(root: string, name: string, limits = BUNDLE_LIMITS): Promise<Bundle> {
  const { entries } = await openFolder(root, name);
  checkListing(name, entries, limits);
  const papers = new Map<string, Uint8Array>();
  const files: BundleFile[] = [];
  let tensors = 0;
  for (const entry of entries) {
    const chunks: Uint8Array[] = [];
    const isPaper = !isTensorFile(entry.path);
    files.push(await readEntry(name, entry, (chunk) => void (isPaper && chunks.push(chunk))));
    if (isPaper) papers.set(entry.path, Buffer.concat(chunks));
    if (isWeightsFile(entry.path))
      tensors += readSafetensors(join(root, entry.path), `${name}/${entry.path}`).length;
    checkTensorCount(name, tensors);
  }
  const read = readPapers(name, papers);
  const modelPath = join(root, 'model.onnx');
  const model = inspectOnnx(modelPath, `${name}/model.onnx`);
  checkModel(`${name}/model.onnx`, model, { ...read, paths: files.map((file) => file.path) });
  checkTensorCount(name, tensors + readOnnx(modelPath, `${name}/model.onnx`).length);
  return {
    ...read,
    digest: bundleDigest(files, (text) => createHash('sha256').update(text).digest('hex')),
    root,
    files,
    modelPath,
    outputs: model.outputs.map((output) => ({ name: output.name, shape: describeValue(output) })),
    dispose: async () => {},
  };
}
