import { CompensatedSums } from '../metrics/compensated-sums.ts';
import { type SupportRule, SUPPORT_RULE } from './support.ts';

/** One logged action and what came of it. */
export interface LoggedAction {
  readonly reward: number;
  /** The chance the logging policy gave the action, above 0. */
  readonly propensity: number;
  /** The chance the policy in question gives it, 0 to 1. */
  readonly target: number;
  /** What a reward model expects of the logged action; null where there is no model. */
  readonly expected: number | null;
  /** What it expects of the policy in question: Σ over actions of its chance × the model's expectation. */
  readonly expectedOfTarget: number | null;
}

/** Everything an estimate needs of some actions: each a sum, so that actions can be summed apart. */
export const ACTION_SUMS = [
  'actions',
  'impossible',
  'clipped',
  'unmodelled',
  'weights',
  'squares',
  'ips',
  'dm',
  'dr',
] as const;
export type ActionSum = (typeof ACTION_SUMS)[number];

/** Places in `ACTION_SUMS`. */
const AT: Readonly<Record<ActionSum, number>> = {
  actions: 0,
  impossible: 1,
  clipped: 2,
  unmodelled: 3,
  weights: 4,
  squares: 5,
  ips: 6,
  dm: 7,
  dr: 8,
};

/** Sums over logged actions. */
export class ActionSums {
  readonly #rule: SupportRule;
  readonly #sums = new CompensatedSums(ACTION_SUMS.length);
  #largest = 0;

  constructor(rule: SupportRule = SUPPORT_RULE) {
    this.#rule = rule;
  }

  add({ reward, propensity, target, expected, expectedOfTarget }: LoggedAction): void {
    const modelled = expected !== null && expectedOfTarget !== null;
    this.addAction(reward, propensity, target, modelled, expected ?? 0, expectedOfTarget ?? 0);
  }

  /** The same without an object for each action; where it is not `modelled` nothing is expected. */
  addAction(
    reward: number,
    propensity: number,
    target: number,
    modelled: boolean,
    expected: number,
    expectedOfTarget: number,
  ): void {
    const sums = this.#sums;
    sums.add(AT.actions, 1);
    if (!(propensity > 0)) {
      sums.add(AT.impossible, 1);
      return;
    }
    const raw = target / propensity;
    const weight = Math.min(raw, this.#rule.clip);
    this.#largest = Math.max(this.#largest, raw);
    if (raw > this.#rule.clip) sums.add(AT.clipped, 1);
    if (weight !== 0) {
      sums.add(AT.weights, weight);
      sums.add(AT.squares, weight * weight);
      sums.add(AT.ips, weight * reward);
    }
    if (modelled) {
      sums.add(AT.dm, expectedOfTarget);
      sums.add(AT.dr, expectedOfTarget + weight * (reward - expected));
    } else sums.add(AT.unmodelled, 1);
  }

  /** Adds what `row` of other actions says. */
  addRow(row: Float64Array): void {
    for (let at = 0; at < ACTION_SUMS.length; at += 1) this.#sums.add(at, row[at] ?? 0);
    this.#largest = Math.max(this.#largest, row[ACTION_SUMS.length] ?? 0);
  }

  /** Writes `ROW_LENGTH` numbers into `row` from a place on: in the order of `ACTION_SUMS`, then the largest weight. */
  writeRow(row: Float64Array, from: number): void {
    for (let at = 0; at < ACTION_SUMS.length; at += 1) row[from + at] = this.#sums.value(at);
    row[from + ACTION_SUMS.length] = this.#largest;
  }

  /** Forgets all actions. */
  clear(): void {
    this.#sums.clear();
    this.#largest = 0;
  }

  get largest(): number {
    return this.#largest;
  }

  value(name: ActionSum): number {
    return this.#sums.value(AT[name]);
  }
}

/** How many numbers a row of sums holds. */
export const ROW_LENGTH = ACTION_SUMS.length + 1;
