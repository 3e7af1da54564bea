import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { badInput } from '../../../shared/domain/error.ts';
import { WEIGHTS_FOLDER } from '../../../shared/domain/release/files.ts';
import { refuseEntry, type BundleSource, type SourceEntry } from './source.ts';

/** A name that was swapped for a link or a pipe since it was listed must neither be followed nor block. */
const READ_PLAINLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The files of a bundle's folder. Refuses links, devices, pipes, sockets and folders other than `weights`. */
export async function openFolder(root: string, bundle: string): Promise<BundleSource> {
  const entries: SourceEntry[] = [];
  for (const path of await listPaths(root, bundle)) {
    const info = await lstat(join(root, path));
    if (info.isSymbolicLink())
      throw refuseEntry(bundle, path, 'is a symbolic link; put the file itself there');
    if (info.isDirectory()) throw refuseEntry(bundle, path, 'is not a folder of a release; take it out');
    if (!info.isFile())
      throw refuseEntry(bundle, path, 'is a device, pipe or socket; only plain files belong there');
    if (info.nlink > 1)
      throw refuseEntry(bundle, path, 'is a hard link to a file elsewhere; put a copy there');
    entries.push({ path, bytes: info.size, read: () => readPlainFile(join(root, path), info.size) });
  }
  return { entries, close: () => {} };
}

async function listPaths(root: string, bundle: string): Promise<string[]> {
  const paths: string[] = [];
  for (const name of await readdir(root)) {
    if (name !== WEIGHTS_FOLDER) {
      paths.push(name);
      continue;
    }
    const weights = join(root, WEIGHTS_FOLDER);
    if (!(await lstat(weights)).isDirectory()) {
      throw refuseEntry(
        bundle,
        name,
        'is not a folder of its own; put the checkpoints into a folder weights',
      );
    }
    paths.push(...(await readdir(weights)).map((file) => `${WEIGHTS_FOLDER}/${file}`));
  }
  return paths.toSorted();
}

async function* readPlainFile(path: string, bytes: number): AsyncIterable<Uint8Array> {
  const file = await open(path, READ_PLAINLY);
  try {
    if (!(await file.stat()).isFile()) throw badInput(`${path} changed while it was read; try again.`);
    let length = 0;
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 2 ** 20 })) {
      if (!(chunk instanceof Uint8Array))
        throw new TypeError('A file stream without an encoding yields bytes.');
      length += chunk.length;
      yield chunk;
    }
    if (length !== bytes) throw badInput(`${path} changed while it was read; try again.`);
  } finally {
    await file.close();
  }
}
