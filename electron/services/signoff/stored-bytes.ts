import { join } from 'node:path';
import { refused } from '../../../shared/domain/error.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { openBundle, type Bundle } from '../releases/bundle.ts';
import { nameOf } from './decide.ts';
import type { StoredRelease } from './tables.ts';

/** Hashes a release's stored bundle anew; refuses one whose bytes are not those that were imported. */
export async function requireStoredBytes(folder: string, release: StoredRelease): Promise<Bundle> {
  const bundle = await openBundle(join(workspacePaths(folder).releases, release.digest));
  if (bundle.digest === release.digest) return bundle;
  throw refused(
    `the files of ${nameOf(release)} in ${bundle.root} are not those that were imported; import the release again`,
  );
}
