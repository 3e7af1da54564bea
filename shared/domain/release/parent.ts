import type { ReleaseManifest } from './manifest.ts';

/** The release that a manifest names as its parent: the one of the same name and that version; null where none is. */
export function parentOf<Row extends { readonly manifest: ReleaseManifest }>(
  { name, parent }: ReleaseManifest,
  releases: readonly Row[],
): Row | null {
  return releases.find(({ manifest }) => manifest.name === name && manifest.version === parent) ?? null;
}
