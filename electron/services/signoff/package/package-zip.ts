import { strToU8, zipSync } from 'fflate';
import { refused } from '../../../../shared/domain/error.ts';
import { findTwins } from '../../../../shared/domain/release/files.ts';
import { openZip } from '../../releases/zip-source.ts';
import { decodeUtf8 } from '../base64.ts';
import { sha256Hex } from '../digest.ts';
import { PACKED_PDF, type Pdf, type PdfFile } from './pdf-statement.ts';

/** A package's files by path; all of them but the PDF, which is held apart, are text. */
export type PackageFiles = ReadonlyMap<string, string>;

/** Zip has no time zone and no year before 1980, so every package of the same files is the same bytes. */
const NO_TIME = new Date(1980, 0, 1);
const LARGEST_FILE = 64 * 2 ** 20;
const PLAIN_NAME = /^(?:[a-z]+\/)?[A-Za-z0-9][A-Za-z0-9._-]*$/;

export function zipPackage(files: PackageFiles, pdf: PdfFile | null = null): Uint8Array {
  const texts = [...files].map(([path, text]): [string, Uint8Array] => [path, strToU8(text)]);
  const all = pdf === null ? texts : [...texts, [pdf.name, pdf.bytes] as const];
  return zipSync(Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1))), {
    mtime: NO_TIME,
    level: 6,
  });
}

export interface Package {
  readonly files: PackageFiles;
  /** The record as PDF, where it was packed. */
  readonly pdf: Pdf | null;
}

/** Reads a package without unpacking it anywhere; refuses names that lead outside, double names, and what is no text. */
export async function readPackageZip(path: string): Promise<Package> {
  const source = await openZip(path, path);
  try {
    const names = source.entries.map((entry) => entry.path);
    const twins = findTwins(names);
    if (twins !== null)
      throw refused(`${path} holds ${twins.join(' and ')}, which is one name twice; get it again`);
    const files = new Map<string, string>();
    let pdf: Pdf | null = null;
    for (const entry of source.entries) {
      if (!PLAIN_NAME.test(entry.path) || entry.bytes > LARGEST_FILE)
        throw refused(
          `${path} holds ${JSON.stringify(entry.path)}, which is no file of a release record; get it again`,
        );
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry.read()) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      if (entry.path === PACKED_PDF) {
        pdf = { name: PACKED_PDF, sha256: sha256Hex(bytes) };
        continue;
      }
      const text = decodeUtf8(bytes);
      if (text === null) throw refused(`${path} holds ${entry.path}, which is no UTF-8 text; get it again`);
      files.set(entry.path, text);
    }
    return { files, pdf };
  } finally {
    source.close();
  }
}
