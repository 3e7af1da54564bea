import type { Inference, ResampleTask } from '../../../shared/domain/replay/inference.ts';
import type { WorkerPool } from '../../workers/pool.ts';

/** Chunks under way for each thread; a further one waits, so that memory does not grow. */
const AHEAD = 2;

/** Draws chunks of requests anew on worker threads and merges their sums in the order of the chunks. */
export class Resampling {
  readonly #pool: WorkerPool;
  readonly #underWay: Promise<void>[] = [];
  #merged: Promise<void> = Promise.resolve();

  constructor(pool: WorkerPool) {
    this.#pool = pool;
  }

  /** Starts on a chunk, whose sums `inference` then gets; waits where too many are under way. */
  async take(inference: Pick<Inference, 'merge'>, task: ResampleTask): Promise<void> {
    const drawn = this.#pool.run('resample', task);
    drawn.catch(() => {});
    const merged = this.#merged.then(async () => inference.merge(task, await drawn));
    merged.catch(() => {});
    this.#merged = merged;
    this.#underWay.push(merged);
    if (this.#underWay.length > AHEAD * this.#pool.threads) await this.#underWay.shift();
  }

  /** Waits until the sums of every chunk are merged. */
  async finish(): Promise<void> {
    await this.#merged;
  }
}
