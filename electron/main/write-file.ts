import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { badInput } from '../../shared/domain/error.ts';

/** Writes a file whole or not at all, in place of one that a person agreed to replace. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const building = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const file = await open(building, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(building, path);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw badInput(`${path} could not be written (${reason}); choose another folder`);
  } finally {
    await rm(building, { force: true });
  }
}
