import { randomBytes } from 'node:crypto';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { notFound, StatesideError } from '../../../shared/domain/error.ts';
import { RateMeter } from './rate.ts';
import { throttle } from './throttle.ts';

export type Progress = (done: number, total: number) => void;

export interface Work {
  readonly title: string;
  readonly route: string;
  readonly unit: string;
  readonly total: number;
  /** Answers a closing message or null. A thrown error fails the job, except after an abort. */
  run(progress: Progress, signal: AbortSignal): Promise<string | null>;
}

interface Running {
  job: Job;
  readonly abort: AbortController;
  readonly settled: Promise<void>;
}

const EVENT_EVERY_MS = 200;

/** Work that outlives the call that started it: its progress, its rate, its cancelling. */
export class Jobs implements ServiceApi<'jobs'> {
  readonly #jobs = new Map<string, Running>();
  readonly #changed: { (): void; now(): void };

  constructor(emit: (jobs: Job[]) => void) {
    this.#changed = throttle(EVENT_EVERY_MS, () => emit(this.#all()));
  }

  /** Starts work at once and answers the job's id. */
  start(work: Work): string {
    const id = `job-${randomBytes(5).toString('hex')}`;
    const abort = new AbortController();
    const meter = new RateMeter();
    const { title, route, unit, total } = work;
    const idle = { rate: null, secondsLeft: null };
    const job: Job = { id, title, route, state: 'running', done: 0, total, ...idle, unit, message: null };
    const progress: Progress = (done, of) => {
      const rate = meter.add(performance.now(), done);
      const secondsLeft = rate === null || rate <= 0 ? null : (of - done) / rate;
      this.#change(id, { done, total: of, rate, secondsLeft }, false);
    };
    const settled = Promise.resolve()
      .then(() => work.run(progress, abort.signal))
      .then(
        (message) => this.#change(id, { state: 'done', message, ...idle }, true),
        (error: unknown) => this.#change(id, { ...ending(error, abort.signal), ...idle }, true),
      );
    this.#jobs.set(id, { job, abort, settled });
    this.#changed.now();
    return id;
  }

  /** Resolves when the job has ended, however it ended. */
  async ended(id: string): Promise<Job> {
    const running = this.#find(id);
    await running.settled;
    return running.job;
  }

  async list(): Promise<Job[]> {
    return this.#all();
  }

  async cancel({ id }: { id: string }): Promise<void> {
    const running = this.#find(id);
    running.abort.abort(cancelled());
    await running.settled;
  }

  async clear(): Promise<void> {
    for (const [id, { job }] of this.#jobs) if (job.state !== 'running') this.#jobs.delete(id);
    this.#changed.now();
  }

  /** Cancels everything and waits until nothing runs any more. */
  async close(): Promise<void> {
    const all = [...this.#jobs.values()];
    for (const { abort } of all) abort.abort(cancelled());
    await Promise.all(all.map(({ settled }) => settled));
  }

  #all(): Job[] {
    return [...this.#jobs.values()].map(({ job }) => job);
  }

  #find(id: string): Running {
    const running = this.#jobs.get(id);
    if (running === undefined) throw notFound(`There is no job ${id} any more; reload the list of jobs`);
    return running;
  }

  #change(id: string, change: Partial<Job>, now: boolean): void {
    const running = this.#jobs.get(id);
    if (running === undefined) return;
    running.job = { ...running.job, ...change };
    if (now) this.#changed.now();
    else this.#changed();
  }
}

const cancelled = (): StatesideError => new StatesideError('cancelled', 'Cancelled; nothing of it was kept.');

function ending(error: unknown, signal: AbortSignal): Pick<Job, 'state' | 'message'> {
  if (signal.aborted) return { state: 'cancelled', message: cancelled().message };
  if (error instanceof StatesideError) return { state: 'failed', message: error.message };
  return {
    state: 'failed',
    message: `A defect of Stateside: ${error instanceof Error ? error.message : String(error)}`,
  };
}
