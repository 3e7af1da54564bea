import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { badInput, notFound } from '../../shared/domain/error.ts';

const CHUNK = 1 << 20;

/** SHA-256 of a file's bytes in lowercase hex, read as a stream. Throws when the file cannot be read. */
export async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) hash.update(chunk);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT') throw notFound(`${path} does not exist; check the path.`);
    throw badInput(`${path} cannot be read (${code}); check that it is a file you may read.`);
  }
  return hash.digest('hex');
}
