import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Piscina } from 'piscina';
import type { Envelope } from '../../shared/contract/channel.ts';
import { opened } from './envelope.ts';
import type * as replayEntry from './replay.ts';

type Tasks = typeof replayEntry;
type TaskName = keyof Tasks;
type Input<Name extends TaskName> = Parameters<Tasks[Name]>[0];
type Value<Name extends TaskName> = Extract<Awaited<ReturnType<Tasks[Name]>>, { ok: true }>['value'];

/**
 * Until a thread's old generation, with the memory outside of it that its objects hold, has grown to so much, V8 need not
 * look through it. By itself it does for every 8 MB that features and tallies take, which a few hundred requests do: a
 * tenth of a replay. Threads take it over when they start; `resourceLimits` has no name for it.
 */
const OLD_MB = 128;
setFlagsFromString(`--initial-old-space-size=${OLD_MB}`);

const IDLE_MS = 60_000;
const YOUNG_MB = 32;
/** Rows of a log die at once: a larger young generation only holds more of them, and is slower by that. */
const WALK_YOUNG_MB = 8;

/** Threads that read snapshots, infer and rank. Long work and what a person waits for have threads of their own. */
export class WorkerPool {
  readonly threads: number;
  readonly #bulk: Piscina;
  readonly #interactive: Piscina;
  readonly #walking: Piscina;

  /** `file`: path of electron/workers/replay.ts or of its bundle; `threads`: for long work, at least 1. */
  constructor(file: string, threads = Math.max(1, availableParallelism())) {
    this.threads = threads;
    const options = {
      filename: file,
      idleTimeout: IDLE_MS,
      // with the default young generation small objects are copied often; with twice as much the features that old ones
      // hold outside of it pile up
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    };
    // the next task waits in the thread, because the one that hands tasks out has other work
    this.#bulk = new Piscina({ ...options, minThreads: 0, maxThreads: threads, concurrentTasksPerWorker: 2 });
    this.#interactive = new Piscina({
      ...options,
      minThreads: 0,
      maxThreads: 1,
      concurrentTasksPerWorker: 1,
    });
    this.#walking = new Piscina({
      ...options,
      resourceLimits: { maxYoungGenerationSizeMb: WALK_YOUNG_MB },
      minThreads: 0,
      maxThreads: threads,
      concurrentTasksPerWorker: 1,
    });
  }

  /** Part of a long job. */
  async run<Name extends TaskName>(name: Name, input: Input<Name>): Promise<Value<Name>> {
    const envelope: Envelope<Value<Name>> = await this.#bulk.run(input, { name });
    return opened(envelope);
  }

  /** What a person waits for; does not queue behind a long job. */
  async ask<Name extends TaskName>(name: Name, input: Input<Name>): Promise<Value<Name>> {
    const envelope: Envelope<Value<Name>> = await this.#interactive.run(input, { name });
    return opened(envelope);
  }

  /** Part of a walk over very many small rows, in little memory. */
  async walk<Name extends TaskName>(name: Name, input: Input<Name>): Promise<Value<Name>> {
    const envelope: Envelope<Value<Name>> = await this.#walking.run(input, { name });
    return opened(envelope);
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((threads) => threads.destroy()));
  }

  /** Lets what is under way end, refuses everything else, and closes. */
  async finish(): Promise<void> {
    await Promise.all(this.#all.map((threads) => threads.close({ force: true })));
  }

  get #all(): Piscina[] {
    return [this.#bulk, this.#interactive, this.#walking];
  }
}
