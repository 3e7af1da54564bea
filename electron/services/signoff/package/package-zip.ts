import { strToU8, zipSync } from 'fflate';
import { refused } from '../../../../shared/domain/error.ts';
import { findTwins } from '../../../../shared/domain/release/files.ts';
import { openZip } from '../../releases/zip-source.ts';
import { decodeUtf8 } from '../base64.ts';

/** A package's files by path: all of them are text. */
export type PackageFiles = ReadonlyMap<string, string>;

/** Zip has no time zone and no year before 1980, so every package of the same files is the same bytes. */
const NO_TIME = new Date(1980, 0, 1);
const LARGEST_FILE = 64 * 2 ** 20;
const PLAIN_NAME = /^(?:[a-z]+\/)?[A-Za-z0-9][A-Za-z0-9._-]*$/;

export const zipPackage = (files: PackageFiles): Uint8Array =>
  zipSync(
    Object.fromEntries(
      [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => [path, strToU8(text)]),
    ),
    { mtime: NO_TIME, level: 6 },
  );

/** Reads a package without unpacking it anywhere; refuses names that lead outside, double names, and what is no text. */
export async function readPackageZip(path: string): Promise<PackageFiles> {
  const source = await openZip(path, path);
  try {
    const names = source.entries.map((entry) => entry.path);
    const twins = findTwins(names);
    if (twins !== null)
      throw refused(`${path} holds ${twins.join(' and ')}, which is one name twice; get it again`);
    const files = new Map<string, string>();
    for (const entry of source.entries) {
      if (!PLAIN_NAME.test(entry.path) || entry.bytes > LARGEST_FILE)
        throw refused(
          `${path} holds ${JSON.stringify(entry.path)}, which is no file of a release record; get it again`,
        );
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry.read()) chunks.push(chunk);
      const text = decodeUtf8(Buffer.concat(chunks));
      if (text === null) throw refused(`${path} holds ${entry.path}, which is no UTF-8 text; get it again`);
      files.set(entry.path, text);
    }
    return files;
  } finally {
    source.close();
  }
}
