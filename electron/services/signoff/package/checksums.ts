import { sha256Hex } from '../digest.ts';
import type { PackageFiles } from './package-zip.ts';

export const CHECKSUMS = 'SHA256SUMS';

/** What `sha256sum` writes for these files. */
export const checksums = (files: PackageFiles): string =>
  [...files]
    .filter(([path]) => path !== CHECKSUMS)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => `${sha256Hex(text)}  ${path}\n`)
    .join('');
