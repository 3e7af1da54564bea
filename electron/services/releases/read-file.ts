import { createHash } from 'node:crypto';
import { pickleProblem } from './pickle.ts';
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
