import { levelsTask } from './levels-task.ts';
import { type Estimator } from '../off-policy/estimate.ts';
import { ACTION_SUMS, ActionSums, type ActionSum, ROW_LENGTH } from '../off-policy/sums.ts';
import type { Signal } from '../snapshot/meta.ts';
import { percentileInterval } from '../statistics/interval.ts';
import { bootstrapNormalP } from '../statistics/normal.ts';
import { DRAWS } from '../statistics/resample.ts';
import { addRows, CHUNK_REQUESTS, type Resampled, type ResampleTask } from './inference.ts';
import { rewardsOf, supportOf, type Reward } from './off-policy.ts';
import type { Interval, Measure, ReplayReport } from './report.ts';

/** Each estimate is a ratio of two sums. */
const ESTIMATES: Readonly<Record<Estimator, { over: ActionSum; of: ActionSum; title: string }>> = {
  ips: { of: 'ips', over: 'actions', title: 'inverse propensity scoring' },
  snips: { of: 'ips', over: 'weights', title: 'self-normalised inverse propensity scoring' },
  dm: { of: 'dm', over: 'actions', title: 'the direct method' },
  dr: { of: 'dr', over: 'actions', title: 'the doubly robust estimator' },
};
const ESTIMATORS = ['ips', 'snips', 'dm', 'dr'] as const;

/**
 * What each ranker would have earned, estimated from the log's propensities, over requests that pass by once. Add the
 * rows of `offPolicyRow` in the order of request ids; chunks are drawn anew elsewhere, as those of `Inference`.
 */
export class OffPolicyTally {
  readonly #rewards: readonly Reward[];
  readonly #seed: number;
  readonly #intervals: boolean;
  /** The baseline's and the candidate's, for each reward in turn. */
  readonly #sums: readonly ActionSums[];
  readonly #draws: Float64Array[] = [];
  #waiting: Float64Array[] = [];
  #marks: number[] = [];
  #requests = 0;

  constructor(signals: readonly Signal[], seed: number, intervals: boolean) {
    this.#rewards = rewardsOf(signals);
    this.#seed = seed;
    this.#intervals = intervals;
    this.#sums = this.#rewards.flatMap(() => [new ActionSums(), new ActionSums()]);
  }

  /** Takes a request in, with its `requestMark`; answers a task when a chunk is full. */
  add(row: Float64Array | null, mark: number): ResampleTask | null {
    if (row === null) return null;
    this.#requests += 1;
    for (const [at, sums] of this.#sums.entries())
      sums.addRow(row.subarray(at * ROW_LENGTH, (at + 1) * ROW_LENGTH));
    if (!this.#intervals) return null;
    this.#waiting.push(row);
    this.#marks.push(mark);
    return this.#waiting.length < CHUNK_REQUESTS ? null : this.flush();
  }

  flush(): ResampleTask | null {
    const waiting = this.#waiting;
    if (waiting.length === 0) return null;
    this.#waiting = [];
    const columns = this.#sums.length * ROW_LENGTH;
    const task = levelsTask(waiting, columns, this.#seed, this.#marks);
    this.#marks = [];
    return task;
  }

  merge(_task: ResampleTask, { levels }: Resampled): void {
    addRows(this.#draws, levels);
  }

  /** Four measures for each signal; none where the log has no propensities. */
  measures(): Measure[] {
    if (this.#requests === 0) return [];
    return this.#rewards.flatMap(({ signal, better }, at) => {
      const sides = [this.#side(2 * at), this.#side(2 * at + 1)] as const;
      return ESTIMATORS.map((estimator): Measure => {
        const [baseline, candidate] = [sides[0].values[estimator], sides[1].values[estimator]];
        const both = baseline !== null && candidate !== null;
        const estimated = {
          id: `${estimator}:${signal}`,
          title: `Share of shown items with ${signal}, estimated by ${ESTIMATES[estimator].title}`,
          unit: 'share' as const,
          better,
          baseline,
          candidate,
          difference: both ? candidate - baseline : null,
          requests: baseline === null && candidate === null ? 0 : this.#requests,
        };
        return Object.assign(estimated, this.#inferred(estimator, at, { baseline, candidate }));
      });
    });
  }

  report(): ReplayReport['offPolicy'] {
    if (this.#requests === 0) return undefined;
    return this.#rewards.map(({ signal }, at) => ({
      signal,
      baseline: this.#side(2 * at).support,
      candidate: this.#side(2 * at + 1).support,
    }));
  }

  #side(place: number): ReturnType<typeof supportOf> {
    return supportOf(this.#sums[place] ?? new ActionSums());
  }

  /** Both estimates rest on one log, so their difference is drawn as a pair and tested by its draws. */
  #inferred(
    estimator: Estimator,
    at: number,
    { baseline, candidate }: Pick<Measure, 'baseline' | 'candidate'>,
  ): Pick<Measure, 'intervals' | 'p' | 'test' | 'draws'> {
    if (this.#draws.length === 0) return {};
    const { of, over } = ESTIMATES[estimator];
    const drawn = (side: number, name: ActionSum): Float64Array =>
      this.#draws[(2 * at + side) * ROW_LENGTH + ACTION_SUMS.indexOf(name)] ?? new Float64Array();
    const ratio = (side: number): Float64Array => {
      const [above, below] = [drawn(side, of), drawn(side, over)];
      return above.map((sum, draw) => sum / (below[draw] ?? NaN));
    };
    const [a, b] = [ratio(0), ratio(1)];
    const interval = (known: boolean, values: () => Float64Array): Interval =>
      known ? percentileInterval(values()) : null;
    const both = baseline !== null && candidate !== null;
    const differences = Float64Array.from(
      { length: DRAWS },
      (_, draw) => (b[draw] ?? NaN) - (a[draw] ?? NaN),
    );
    const intervals = {
      baseline: interval(baseline !== null, () => a),
      candidate: interval(candidate !== null, () => b),
      difference: interval(both, () => differences),
      draws: DRAWS,
    };
    if (!both) return { intervals };
    const p = bootstrapNormalP(candidate - baseline, differences);
    return { intervals, p, test: 'bootstrap normal', draws: DRAWS };
  }
}
