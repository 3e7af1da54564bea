import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { badInput, StatesideError } from '../../shared/domain/error.ts';

/** Writes a file whole or not at all, in place of one that a person agreed to replace. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await replaceFileByPieces(path, [content]);
}

/** The same for what comes piece by piece. Answers the bytes written; failures of who makes the pieces go on as they are. */
export async function replaceFileByPieces(
  path: string,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<number> {
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
