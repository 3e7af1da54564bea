import type { Database } from 'better-sqlite3';
import { notFound } from '../../../shared/domain/error.ts';
import type { ListedTensor } from '../../../shared/domain/weights/tensor-list.ts';
import { measuredAt, summariesOf } from '../../database/workspace/tensor-statistics.ts';
import type { Bundle } from '../releases/bundle.ts';
import { bundleWeights } from './open-weights.ts';
import type { StoredTensor } from './stored-tensor.ts';

/** The tensors of a release, read from headers, with what is kept of their values. */
export interface ReleaseTensors {
  readonly bundle: Bundle;
  /** When their values were walked over; null before. */
  readonly measuredAt: string | null;
  readonly listed: readonly ListedTensor[];
  readonly stored: ReadonlyMap<string, StoredTensor>;
}

/** A list of 20,000 tensors takes some megabytes. */
const KEPT = 4;

/** Lists of tensors that were asked for last; a release's files never change, only what is known of them. */
export class TensorLists {
  readonly #db: Database;
  readonly #bundles: { get(digest: string): Promise<Bundle> };
  readonly #lists = new Map<string, Promise<ReleaseTensors>>();

  constructor(db: Database, bundles: { get(digest: string): Promise<Bundle> }) {
    this.#db = db;
    this.#bundles = bundles;
  }

  get(release: string): Promise<ReleaseTensors> {
    const known = this.#lists.get(release);
    if (known !== undefined) return known;
    const list = this.#read(release);
    this.#lists.set(release, list);
    list.catch(() => this.#lists.delete(release));
    for (const oldest of this.#lists.keys()) if (this.#lists.size > KEPT) this.#lists.delete(oldest);
    return list;
  }

  async tensor(release: string, name: string): Promise<StoredTensor> {
    const { stored, bundle } = await this.get(release);
    const tensor = stored.get(name);
    if (tensor !== undefined) return tensor;
    const { name: of, version } = bundle.manifest;
    throw notFound(`${of} ${version} has no tensor "${name}"; choose one of its list`);
  }

  /** To be called when the values of a release's tensors were measured. */
  forget(release: string): void {
    this.#lists.delete(release);
  }

  async #read(release: string): Promise<ReleaseTensors> {
    const bundle = await this.#bundles.get(release);
    const files = bundleWeights(bundle, bundle.manifest.name);
    const at = measuredAt(this.#db, release);
    const summaries = at === null ? new Map<string, never>() : summariesOf(this.#db, release);
    const listed = files.flatMap(({ file, tensors }) =>
      tensors.map(({ name, dtype, shape, elements, bytes }) => {
        const summary = summaries.get(name) ?? null;
        return { name, dtype, shape, elements, bytes, file, summary };
      }),
    );
    const stored = new Map(files.flatMap(({ tensors }) => tensors.map((tensor) => [tensor.name, tensor])));
    return { bundle, measuredAt: at, listed, stored };
  }
}
