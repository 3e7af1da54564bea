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
  /** Works of one lane run one at a time, in the order they were started; absent: at once. */
  readonly lane?: string;
  /**
   * Answers a closing message or null. A thrown error fails the job, except after an abort.
   * Work that is stopped while it waits for its turn is run with a signal that is aborted already.
   */
  run(progress: Progress, signal: AbortSignal): Promise<string | null>;
}

interface Running {
  job: Job;
  readonly lane: string | null;
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
    const id = newId();
    const abort = new AbortController();
    const meter = new RateMeter();
    const { title, route, unit, total, lane = null } = work;
    const before = lane === null ? [] : this.#inLane(lane);
    const job = jobOf({ id, title, route, unit, total, state: before.length === 0 ? 'running' : 'queued' });
    const progress: Progress = (done, of) => {
      const rate = meter.add(performance.now(), done);
      const secondsLeft = rate === null || rate <= 0 ? null : (of - done) / rate;
      this.#change(id, { done, total: of, rate, secondsLeft }, false);
    };
    const turn = before.length === 0 ? Promise.resolve() : this.#turn(before, abort.signal);
    const settled = turn
      .then(() => {
        if (!abort.signal.aborted) this.#begin(id);
        return work.run(progress, abort.signal);
      })
      .then(
        (message) => this.#end(id, { state: 'done', message }),
        (error: unknown) => this.#end(id, ending(error, abort.signal)),
      );
    for (const [old, { job }] of this.#jobs)
      if (job.state === 'interrupted' && job.route === route) this.#jobs.delete(old);
    this.#jobs.set(id, { job, lane, abort, settled });
    this.#placeAll();
    this.#changed.now();
    return id;
  }

  /** Lists work that ended with the program's last run, so that a person finds it. */
  tellInterrupted(
    work: Pick<Work, 'title' | 'route' | 'unit' | 'total'> & { done: number; message: string | null },
  ): void {
    const id = newId();
    const { title, route, unit, total, done, message } = work;
    const job = { ...jobOf({ id, title, route, unit, total, state: 'interrupted' }), done, message };
    this.#jobs.set(id, { job, lane: null, abort: new AbortController(), settled: Promise.resolve() });
    this.#changed.now();
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
    for (const [id, { job }] of this.#jobs) if (!isUnderWay(job)) this.#jobs.delete(id);
    this.#changed.now();
  }

  /** Stops everything because the program ends, and waits until nothing runs any more. */
  async close(): Promise<void> {
    const all = [...this.#jobs.values()];
    for (const { abort } of all) abort.abort(new Closing());
    await Promise.all(all.map(({ settled }) => settled));
  }

  #all(): Job[] {
    return [...this.#jobs.values()].map(({ job }) => job);
  }

  /** Those of a lane that run or wait, in their order. */
  #inLane(lane: string): Running[] {
    return [...this.#jobs.values()].filter((running) => running.lane === lane && isUnderWay(running.job));
  }

  /** Resolves when all that stood in line before have ended, or when the wait is not worth going on. */
  async #turn(before: readonly Running[], signal: AbortSignal): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([stopped, Promise.all(before.map(({ settled }) => settled))]);
  }

  #begin(id: string): void {
    this.#change(id, { state: 'running', place: null }, true);
    this.#placeAll();
  }

  #end(id: string, change: Partial<Job>): void {
    this.#change(id, { ...change, rate: null, secondsLeft: null, place: null }, true);
    this.#placeAll();
  }

  /** Tells those that wait how far they have come. */
  #placeAll(): void {
    const waiting = new Map<string, number>();
    for (const running of this.#jobs.values()) {
      const { lane, job } = running;
      if (lane === null || job.state !== 'queued') continue;
      const place = (waiting.get(lane) ?? 0) + 1;
      waiting.set(lane, place);
      running.job = { ...job, place };
    }
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

/** Why work is stopped that is to go on when the program starts again. */
export class Closing extends StatesideError {
  constructor() {
    super('cancelled', 'Stateside ended before this did.');
  }
}

const newId = (): string => `job-${randomBytes(5).toString('hex')}`;

const isUnderWay = ({ state }: Job): boolean => state === 'queued' || state === 'running';

function jobOf(known: Pick<Job, 'id' | 'title' | 'route' | 'unit' | 'total' | 'state'>): Job {
  return { ...known, place: null, done: 0, rate: null, secondsLeft: null, message: null };
}

const cancelled = (): StatesideError => new StatesideError('cancelled', 'Cancelled; nothing of it was kept.');

function ending(error: unknown, signal: AbortSignal): Pick<Job, 'state' | 'message'> {
  const reason: unknown = signal.reason;
  if (signal.aborted && reason instanceof Closing) return { state: 'interrupted', message: reason.message };
  if (signal.aborted) return { state: 'cancelled', message: cancelled().message };
  if (error instanceof StatesideError) return { state: 'failed', message: error.message };
  return {
    state: 'failed',
    message: `A defect of Stateside: ${error instanceof Error ? error.message : String(error)}`,
  };
}
