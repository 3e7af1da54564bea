import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { badInput, StatesideError } from '../../shared/domain/error.ts';

type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file whole or not at all, in place of one that a person agreed to replace. Answers the bytes it has. Failures
 * of who makes the pieces go on as they are.
 */
export async function replaceFile(path: string, pieces: Pieces): Promise<number> {
  const building = `${path}.${randomBytes(4).toString('hex')}.part`;
  let bytes = 0;
  try {
    const file = await open(building, 'wx');
    try {
      for await (const piece of pieces) await file.appendFile(piece);
      await file.sync();
      bytes = (await file.stat()).size;
    } finally {
      await file.close();
    }
    await rename(building, path);
    return bytes;
  } catch (error) {
    if (error instanceof StatesideError) throw error;
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw badInput(`${path} could not be written (${reason}); choose another folder`);
  } finally {
    await rm(building, { force: true });
  }
}
