import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Envelope } from '../../shared/contract/channel.ts';
import { opened } from './envelope.ts';
import type * as weightsEntry from './weights.ts';

type Tasks = typeof weightsEntry;
type TaskName = keyof Tasks;
type Input<Name extends TaskName> = Parameters<Tasks[Name]>[0];
type Value<Name extends TaskName> = Extract<Awaited<ReturnType<Tasks[Name]>>, { ok: true }>['value'];

const IDLE_MS = 60_000;
const YOUNG_MB = 2;
/** The graph of a model of 50,000 operators takes half of it. */
const OLD_MB = 1024;

/** Threads that walk over the values of tensors. */
export class WeightsPool {
  readonly threads: number;
  readonly #workers: Piscina;

  /** `file`: path of electron/workers/weights.ts or of its bundle; `threads`: at least 1. */
  constructor(file: string, threads = Math.max(1, availableParallelism())) {
    this.threads = threads;
    this.#workers = new Piscina({
      filename: file,
      minThreads: 0,
      maxThreads: threads,
      // a thread that is started anew has its loops to compile again
      idleTimeout: IDLE_MS,
      // loops over numbers make hardly any objects, and memory is bounded
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: OLD_MB },
      concurrentTasksPerWorker: 1,
    });
  }

  /** An aborted `signal` ends the task, its thread included. */
  async run<Name extends TaskName>(
    name: Name,
    input: Input<Name>,
    signal: AbortSignal | null = null,
  ): Promise<Value<Name>> {
    const envelope: Envelope<Value<Name>> = await this.#workers.run(input, { name, signal });
    return opened(envelope);
  }

  close(): Promise<void> {
    return this.#workers.destroy();
  }
}
