import { join } from 'node:path';
import { refused } from '../../../shared/domain/error.ts';
import { openBundle, type Bundle } from './bundle.ts';

/** The bundles of a workspace's releases folder, each read and re-hashed when it is first asked for. */
export class BundleShelf {
  readonly #folder: string;
  readonly #bundles = new Map<string, Promise<Bundle>>();

  constructor(releasesFolder: string) {
    this.#folder = releasesFolder;
  }

  /** A release's bundle as it was last found whole. */
  get(digest: string): Promise<Bundle> {
    return this.#bundles.get(digest) ?? this.reread(digest);
  }

  /** A release's bundle, hashed anew. Refuses one that was changed since its import. */
  reread(digest: string): Promise<Bundle> {
    const bundle = this.#open(digest);
    this.#bundles.set(digest, bundle);
    bundle.catch(() => this.#bundles.delete(digest));
    return bundle;
  }

  async #open(digest: string): Promise<Bundle> {
    const root = join(this.#folder, digest);
    const bundle = await openBundle(root);
    if (bundle.digest === digest) return bundle;
    throw refused(
      `${root} was changed since its import; restore the folder from a backup or import the bundle again.`,
    );
  }
}
