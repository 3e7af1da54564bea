import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { badInput, refused } from '../../shared/domain/error.ts';
import { diskFull } from './disk-full.ts';

const CHUNK_CHARACTERS = 256 * 1024;

/**
 * Writes pieces of text to a file that appears whole and synced, or not at all, in the place of one that is there;
 * memory does not grow with its length. Answers its bytes. Between chunks others have their turn and `signal` is heard.
 * A full disk and a folder that is not there are refused in a sentence; what a killed process left of the same file is
 * swept away. `taken` hears after each chunk.
 */
export async function streamFile(
  path: string,
  pieces: Iterable<string>,
  { signal, taken }: { readonly signal?: AbortSignal; readonly taken?: () => void } = {},
): Promise<number> {
  const target = resolve(path);
  const building = partOf(target, process.pid);
  try {
    await sweepParts(target);
    const bytes = await writeAll(building, pieces, signal, taken);
    await rename(building, target);
    return bytes;
  } catch (error) {
    await rm(building, { force: true });
    throw toldOf(error, path);
  }
}

async function writeAll(
  path: string,
  pieces: Iterable<string>,
  signal: AbortSignal | undefined,
  taken: (() => void) | undefined,
): Promise<number> {
  const file = await open(path, 'wx', 0o644);
  try {
    let bytes = 0;
    for (const chunk of chunksOf(pieces)) {
      signal?.throwIfAborted();
      bytes += Buffer.byteLength(chunk);
      await file.writeFile(chunk);
      taken?.();
    }
    signal?.throwIfAborted();
    await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}

function* chunksOf(pieces: Iterable<string>): Generator<string> {
  let chunk: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    chunk.push(piece);
    length += piece.length;
    if (length < CHUNK_CHARACTERS) continue;
    yield chunk.join('');
    chunk = [];
    length = 0;
  }
  yield chunk.join('');
}

const partOf = (target: string, process: number): string =>
  join(dirname(target), `.${basename(target)}.${process}-${randomBytes(4).toString('hex')}.part`);

/** Removes what processes that are gone left of a file. */
async function sweepParts(target: string): Promise<void> {
  const folder = dirname(target);
  const prefix = `.${basename(target)}.`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix)) continue;
    const [, pid] = /^(\d+)-[0-9a-f]{8}\.part$/.exec(name.slice(prefix.length)) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // somebody else's process is running all the same
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function toldOf(error: unknown, path: string): unknown {
  const full = diskFull(error, path);
  if (full !== null) return full;
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
    return badInput(`the folder of ${path} does not exist; make it first`);
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS')
    return refused(`${path} may not be written here; choose another folder`);
  return error;
}
