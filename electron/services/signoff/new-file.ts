import { randomBytes } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { refused } from '../../../shared/domain/error.ts';
import { unusablePath } from '../unusable-path.ts';

/** Writes a file whole or not at all, readable by its owner only unless `mode` says else, and never over another. */
export const writeNewFile = (path: string, text: string | Uint8Array, mode = 0o600): Promise<void> =>
  write(path, text, mode, link);

/** Writes a file whole or not at all, in the place of the one that is there. */
export const replaceFile = (path: string, text: string, mode = 0o644): Promise<void> =>
  write(path, text, mode, rename);

async function write(
  path: string,
  text: string | Uint8Array,
  mode: number,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const building = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const file = await open(building, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(building, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      if (error.code === 'EEXIST')
        throw refused(`${path} exists already and is not overwritten; choose another name`);
      if (error.code === 'ENOENT') throw refused(`the folder of ${path} does not exist; make it first`);
    }
    throw unusablePath(error, path) ?? error;
  } finally {
    // Where no file can be, there is none to take away, and that would hide why.
    await rm(building, { force: true }).catch(() => {});
  }
}
