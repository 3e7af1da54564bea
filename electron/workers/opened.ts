import { openSnapshot } from '../database/snapshot/open.ts';
import type { SnapshotReader } from '../database/snapshot/reader.ts';
import type { AnyOpenRanker, AnyRanker, OpenRanker, Ranker } from '../services/replay/ranker.ts';
import { openModel, type Model } from './model.ts';

/** Enough for the two rankers of a task and the two of the one before. */
const KEPT = 4;

/** What a worker thread keeps open between tasks; the longest unused is closed. */
class Opened<Value> {
  readonly #values = new Map<string, Value>();
  readonly #close: (value: Value) => void;

  constructor(close: (value: Value) => void) {
    this.#close = close;
  }

  async get(key: string, open: () => Value | Promise<Value>): Promise<Value> {
    const value = this.#values.get(key) ?? (await open());
    this.#values.delete(key);
    this.#values.set(key, value);
    for (const [oldest, unused] of this.#values) {
      if (this.#values.size <= KEPT) break;
      this.#values.delete(oldest);
      this.#close(unused);
    }
    return value;
  }
}

const snapshots = new Opened<SnapshotReader>((reader) => reader.close());
const models = new Opened<Model>((model) => void model.close());
const policies = new Opened<Ranker['policy']>(() => {});

/** A snapshot by its path. `digest` tells its bytes from those of another file that stood there. */
export function openedSnapshot(path: string, digest: string): Promise<SnapshotReader> {
  return snapshots.get(`${digest} ${path}`, () => openSnapshot(path));
}

/** A ranker with its model, on one inference thread. The policy keeps its identity, so it is compiled once. */
export async function openedRanker(ranker: Ranker): Promise<OpenRanker>;
export async function openedRanker(ranker: AnyRanker): Promise<AnyOpenRanker>;
export async function openedRanker(ranker: AnyRanker): Promise<AnyOpenRanker> {
  const policy = await policies.get(ranker.digest, () => ranker.policy);
  if (ranker.modelPath === null) return { ...ranker, policy, model: null };
  const model = await models.get(ranker.modelSha256, () => openModel(ranker.modelPath, { threads: 1 }));
  return { ...ranker, policy, model };
}
