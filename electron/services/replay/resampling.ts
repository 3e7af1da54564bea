import type { Inference, ResampleTask } from '../../../shared/domain/replay/inference.ts';
import type { WorkerPool } from '../../workers/pool.ts';

/** Chunks under way for each thread; a further one waits, so that memory does not grow. */
const AHEAD = 2;

/** Draws chunks of requests anew on worker threads and merges their sums in the order of the chunks. */
export class Resampling {
  readonly #pool: WorkerPool;
  readonly #inference: Inference;
  readonly #underWay: Promise<void>[] = [];
  #merged: Promise<void> = Promise.resolve();

  constructor(pool: WorkerPool, inference: Inference) {
    this.#pool = pool;
    this.#inference = inference;
  }

  /** Starts on a chunk; waits where too many are under way. */
  async take(task: ResampleTask | null): Promise<void> {
    if (task === null) return;
    const drawn = this.#pool.run('resample', task);
    drawn.catch(() => {});
    const merged = this.#merged.then(async () => this.#inference.merge(task, await drawn));
    merged.catch(() => {});
    this.#merged = merged;
    this.#underWay.push(merged);
    if (this.#underWay.length > AHEAD * this.#pool.threads) await this.#underWay.shift();
  }

  /** Takes the last chunk in and waits for all. */
  async finish(): Promise<void> {
    await this.take(this.#inference.flush());
    await this.#merged;
  }
}
