import { closeSync, openSync, readSync } from 'node:fs';
import { badInput } from '../../../../shared/domain/error.ts';

const CHUNK_BYTES = 1024 * 1024;
/** A line holds a campaign's definition or a thousand decisions with notes of 4,000 characters; more is no exchange file. */
const LONGEST_LINE_BYTES = 128 * 1024 * 1024;
const LINE_END = 0x0a;

/** The lines of a file without their ends, read one after the other. Refuses a line too long to hold. */
export function* linesOf(path: string): Generator<Buffer> {
  const file = openToRead(path);
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let parts: Buffer[] = [];
    let held = 0;
    for (let number = 1; ;) {
      const bytes = readSync(file, chunk, 0, CHUNK_BYTES, null);
      if (bytes === 0) break;
      let from = 0;
      for (
        let end = chunk.indexOf(LINE_END);
        end !== -1 && end < bytes;
        end = chunk.indexOf(LINE_END, from)
      ) {
        yield Buffer.concat([...parts, chunk.subarray(from, end)]);
        [parts, held, from] = [[], 0, end + 1];
        number += 1;
      }
      parts.push(Buffer.from(chunk.subarray(from, bytes)));
      held += bytes - from;
      if (held > LONGEST_LINE_BYTES)
        throw badInput(
          `${path}: line ${number} is longer than ${LONGEST_LINE_BYTES} bytes; export the campaign again`,
        );
    }
    if (held > 0) yield Buffer.concat(parts);
  } finally {
    closeSync(file);
  }
}

function openToRead(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw badInput(`${path} cannot be read (${code}); name a file that is there`);
  }
}
