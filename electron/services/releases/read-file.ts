import { createHash } from 'node:crypto';
import { refuseEntry, type SourceEntry } from './source.ts';

export interface BundleFile {
  readonly path: string;
  readonly bytes: number;
  /** Lowercase hex. */
  readonly sha256: string;
}

/** Reads a bundle's file once, hashing it and passing its bytes on; refuses one whose first bytes show a pickle. */
export async function readEntry(
  bundle: string,
  entry: SourceEntry,
  take: (chunk: Uint8Array) => Promise<void> | void,
): Promise<BundleFile> {
  const hash = createHash('sha256');
  let first = true;
  for await (const chunk of entry.read()) {
    const problem = first ? pickleProblem(chunk) : null;
    if (problem !== null) throw refuseEntry(bundle, entry.path, problem);
    first = false;
    hash.update(chunk);
    await take(chunk);
  }
  return { path: entry.path, bytes: entry.bytes, sha256: hash.digest('hex') };
}

/** No file of a release begins like this, so a false alarm cannot be. */
function pickleProblem(start: Uint8Array): string | null {
  const [a, b, c, d] = start;
  if (a === 0x80 && b !== undefined && b >= 2 && b <= 5) {
    return 'is a pickle by its first bytes, and reading one runs code; store weights as safetensors';
  }
  if (a !== 0x50 || b !== 0x4b || c !== 0x03 || d !== 0x04) return null;
  const name = new TextDecoder('latin1').decode(start.subarray(30, 30 + (start[26] ?? 0)));
  return name.endsWith('data.pkl')
    ? 'is a PyTorch archive with a pickle in it, and reading one runs code; store weights as safetensors'
    : 'is a zip archive under another name; put the file itself there';
}
