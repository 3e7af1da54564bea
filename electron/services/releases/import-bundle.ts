import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { badInput, refused } from '../../../shared/domain/error.ts';
import { readBundle, type Bundle } from './bundle.ts';
import { copyBundle, syncFolder } from './copy-bundle.ts';
import { STAGING_PREFIX } from './sweep.ts';
import { openStoredBundle } from './stored-bundle.ts';
import { tryModel } from './try-model.ts';

/**
 * Copies a bundle, a folder or a .zip, to `<releasesFolder>/<digest>`, whole or not at all: the copy is hashed again,
 * its model run once, `check` asked, and only then does it get its name. The same bytes twice are one release.
 */
export async function importBundle(
  path: string,
  releasesFolder: string,
  check: (staged: Bundle) => Promise<void> = async () => {},
): Promise<Bundle> {
  await mkdir(releasesFolder, { recursive: true });
  const staging = await mkdtemp(join(releasesFolder, `${STAGING_PREFIX}${process.pid}-`));
  try {
    const staged = await stage(path, staging);
    await check(staged);
    return await settle(path, staged, releasesFolder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function stage(path: string, staging: string): Promise<Bundle> {
  const copied = await copyBundle(path, staging);
  const bundle = await readBundle(staging, path);
  const digests = new Map(copied.map((file) => [file.path, file.sha256]));
  if (bundle.files.some((file) => digests.get(file.path) !== file.sha256)) {
    throw badInput(`${path} did not arrive as it was read; check the disk and import it again.`);
  }
  await tryModel(bundle, `${path}/model.onnx`);
  return bundle;
}

/** Gives the staged copy its name, or answers the stored one when that name is taken by the same release. */
async function settle(path: string, staged: Bundle, releasesFolder: string): Promise<Bundle> {
  const root = join(releasesFolder, staged.digest);
  try {
    await rename(staged.root, root);
  } catch (error) {
    const stored = await openStoredBundle(root, staged.digest);
    if (stored !== null) return stored;
    if ((await stat(root).catch(() => null)) === null) throw error;
    throw refused(`${path} was imported before, and its copy ${root} was changed since; restore that copy.`);
  }
  await syncFolder(releasesFolder);
  return { ...staged, root, modelPath: join(root, 'model.onnx') };
}
