import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { badInput } from '../../../shared/domain/error.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';

/** Everything a finished block depends on; one digest of another, and the blocks are of no use. */
export interface JournalKey {
  readonly stateside: string;
  readonly snapshot: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly settings: unknown;
}

/** Length of the block that follows, its CRC-32, and how many requests it holds, all little-endian. */
const HEAD = 12;

/**
 * Blocks of a replay as they were finished, in a file of their own, so that a replay goes on where its program ended.
 * A frame that was not written whole, and all after it, counts as never written.
 */
export class Journal {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #first: number;
  #end: number;
  /** Whether nothing was there to go on from. */
  readonly anew: boolean;

  private constructor(path: string, file: FileHandle, first: number, anew: boolean) {
    this.#path = path;
    this.anew = anew;
    this.#file = file;
    this.#first = first;
    this.#end = first;
  }

  /** Opens the journal at `path`; it is begun anew where there is none, or one of something else. */
  static async open(path: string, key: JournalKey): Promise<Journal> {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    const name = Buffer.from(canonicalJson({ format: 'stateside-replay-journal', version: 5, ...key }));
    const found = await readFrame(file, 0);
    const anew = found === null || !name.equals(found);
    if (anew) {
      await file.truncate(0);
      await writeFrame(file, 0, name, 0);
    }
    return new Journal(path, file, HEAD + name.length, anew);
  }

  /** The blocks that are there, in order; to be read to the end before any is appended. */
  async *blocks(): AsyncGenerator<Uint8Array> {
    this.#end = this.#first;
    for (;;) {
      const block = await readFrame(this.#file, this.#end);
      if (block === null) break;
      this.#end += HEAD + block.length;
      yield block;
    }
    await this.#file.truncate(this.#end);
  }

  async append(block: Uint8Array, requests: number): Promise<void> {
    try {
      await writeFrame(this.#file, this.#end, block, requests);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      throw badInput(
        `${this.#path} cannot be written (${code}); free some space and start the replay again.`,
      );
    }
    this.#end += HEAD + block.length;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** How many requests the whole blocks of a journal hold; 0 where there is none. */
export function requestsIn(path: string): number {
  if (!existsSync(path)) return 0;
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const head = Buffer.alloc(HEAD);
    let requests = 0;
    for (let at = 0; readSync(file, head, 0, HEAD, at) === HEAD;) {
      at += HEAD + head.readUInt32LE(0);
      if (at > size) break;
      requests += head.readUInt32LE(8);
    }
    return requests;
  } finally {
    closeSync(file);
  }
}

async function readFrame(file: FileHandle, at: number): Promise<Buffer | null> {
  const head = Buffer.alloc(HEAD);
  const { bytesRead } = await file.read(head, 0, HEAD, at);
  if (bytesRead < HEAD) return null;
  const length = head.readUInt32LE(0);
  const { size } = await file.stat();
  if (at + HEAD + length > size) return null;
  const block = Buffer.alloc(length);
  const read = await file.read(block, 0, length, at + HEAD);
  return read.bytesRead === length && crc32(block) === head.readUInt32LE(4) ? block : null;
}

async function writeFrame(file: FileHandle, at: number, block: Uint8Array, requests: number): Promise<void> {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(block.length, 0);
  head.writeUInt32LE(crc32(block), 4);
  head.writeUInt32LE(requests, 8);
  await file.writev([head, block], at);
}
