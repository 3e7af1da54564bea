import { CompensatedSum } from '../metrics/compensated-sum.ts';
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

/** Sums over logged actions. */
export class ActionSums {
  readonly #rule: SupportRule;
  readonly #sums: Readonly<Record<ActionSum, CompensatedSum>>;
  #largest = 0;

  constructor(rule: SupportRule = SUPPORT_RULE) {
    this.#rule = rule;
    const sum = (): CompensatedSum => new CompensatedSum();
    this.#sums = {
      ...{ actions: sum(), impossible: sum(), clipped: sum(), unmodelled: sum() },
      ...{ weights: sum(), squares: sum(), ips: sum(), dm: sum(), dr: sum() },
    };
  }

  add({ reward, propensity, target, expected, expectedOfTarget }: LoggedAction): void {
    const sums = this.#sums;
    sums.actions.add(1);
    if (!(propensity > 0)) {
      sums.impossible.add(1);
      return;
    }
    const raw = target / propensity;
    const weight = Math.min(raw, this.#rule.clip);
    this.#largest = Math.max(this.#largest, raw);
    if (raw > this.#rule.clip) sums.clipped.add(1);
    sums.weights.add(weight);
    sums.squares.add(weight * weight);
    sums.ips.add(weight * reward);
    if (expected === null || expectedOfTarget === null) sums.unmodelled.add(1);
    else {
      sums.dm.add(expectedOfTarget);
      sums.dr.add(expectedOfTarget + weight * (reward - expected));
    }
  }

  /** Adds what `row` of other actions says. */
  addRow(row: Float64Array): void {
    for (const [at, name] of ACTION_SUMS.entries()) this.#sums[name].add(row[at] ?? 0);
    this.#largest = Math.max(this.#largest, row[ACTION_SUMS.length] ?? 0);
  }

  /** In the order of `ACTION_SUMS`, then the largest weight. */
  get row(): Float64Array {
    return Float64Array.from([...ACTION_SUMS.map((name) => this.#sums[name].value), this.#largest]);
  }

  get largest(): number {
    return this.#largest;
  }

  value(name: ActionSum): number {
    return this.#sums[name].value;
  }
}

/** How many numbers a row of sums holds. */
export const ROW_LENGTH = ACTION_SUMS.length + 1;
