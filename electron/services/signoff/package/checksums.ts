import { sha256Hex } from '../digest.ts';
import type { PackageFiles } from './package-zip.ts';
import type { Pdf } from './pdf-statement.ts';

export const CHECKSUMS = 'SHA256SUMS';

/** What `sha256sum` writes for these files, and for the PDF packed with them. */
export const checksums = (files: PackageFiles, pdf: Pdf | null = null): string => {
  const named = [...files]
    .filter(([path]) => path !== CHECKSUMS)
    .map(([path, text]) => ({ name: path, sha256: sha256Hex(text) }));
  return [...named, ...(pdf === null ? [] : [pdf])]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join('');
};
