import { mkdir, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { notFound, refused } from '../../../shared/domain/error.ts';
import { openFolder } from './folder-source.ts';
import { readEntry, type BundleFile } from './read-file.ts';
import { BUNDLE_LIMITS, checkListing, type BundleSource, type SourceEntry } from './source.ts';
import { openZip } from './zip-source.ts';

/**
 * Copies a bundle, a folder or a .zip, into the empty folder `root`; its files are on the disk when this answers.
 * Refuses what may not be in a bundle before the first byte is written, and a file's bytes as they pass.
 */
export async function copyBundle(path: string, root: string, limits = BUNDLE_LIMITS): Promise<BundleFile[]> {
  const source = await openSource(path, limits);
  try {
    checkListing(path, source.entries, limits);
    const files: BundleFile[] = [];
    const folders = new Set([root]);
    for (const entry of source.entries) {
      const target = join(root, entry.path);
      await mkdir(dirname(target), { recursive: true });
      folders.add(dirname(target));
      files.push(await copyEntry(path, entry, target));
    }
    for (const folder of folders) await syncFolder(folder);
    return files;
  } finally {
    source.close();
  }
}

async function openSource(path: string, limits: typeof BUNDLE_LIMITS): Promise<BundleSource> {
  const info = await stat(path).catch(() => null);
  if (info === null) throw notFound(`${path} does not exist; name a release's folder or .zip.`);
  if (info.isDirectory()) return openFolder(path, path);
  if (info.isFile()) return openZip(path, path, limits);
  throw refused(`${path} is neither a folder nor a .zip; name a release's folder or .zip.`);
}

async function copyEntry(bundle: string, entry: SourceEntry, target: string): Promise<BundleFile> {
  const copy = await open(target, 'wx', 0o644);
  try {
    const file = await readEntry(bundle, entry, (chunk) => copy.writeFile(chunk));
    await copy.sync();
    return file;
  } finally {
    await copy.close();
  }
}

/** Puts a folder's list of names on the disk, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
