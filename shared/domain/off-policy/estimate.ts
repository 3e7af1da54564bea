import { CompensatedSum } from '../metrics/compensated-sum.ts';
import { judgeSupport, type Support, type SupportRule, SUPPORT_RULE } from './support.ts';

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

export type Estimator = 'ips' | 'snips' | 'dm' | 'dr';

/** Either a number the log supports, or the verdict that it does not, and never both. */
export type Estimate =
  | { readonly supported: true; readonly value: number }
  | { readonly supported: false; readonly reason: string };

export interface OffPolicyEstimates {
  readonly support: Support;
  readonly estimates: Readonly<Record<Estimator, Estimate>>;
}

/**
 * What a policy would have earned for each action, estimated from another policy's log. With weights
 * w = target / propensity, cut at `rule.clip`, over n actions:
 *
 * - ips, inverse propensity scoring: Σ w·r / n (D. Horvitz, D. Thompson, JASA 47(260), 1952);
 * - snips, self-normalised: Σ w·r / Σ w (A. Swaminathan, T. Joachims, NeurIPS 2015);
 * - dm, direct method: Σ r̂(target) / n;
 * - dr, doubly robust: Σ (r̂(target) + w·(r − r̂)) / n (M. Dudík, J. Langford, L. Li, ICML 2011).
 *
 * An estimate whose support in the log is too thin is no number but "not supported by this log", as is one that
 * needs a reward model where there is none. A propensity that is not above 0 makes the whole log unsupported.
 */
export function estimateOffPolicy(
  log: Iterable<LoggedAction>,
  rule: SupportRule = SUPPORT_RULE,
): OffPolicyEstimates {
  const sums = { weights: sum(), squares: sum(), ips: sum(), dm: sum(), dr: sum() };
  let [actions, clipped, impossible, unmodelled, largest] = [0, 0, 0, 0, 0];
  for (const { reward, propensity, target, expected, expectedOfTarget } of log) {
    actions += 1;
    if (!(propensity > 0)) {
      impossible += 1;
      continue;
    }
    const raw = target / propensity;
    const weight = Math.min(raw, rule.clip);
    largest = Math.max(largest, raw);
    if (raw > rule.clip) clipped += 1;
    sums.weights.add(weight);
    sums.squares.add(weight * weight);
    sums.ips.add(weight * reward);
    if (expected === null || expectedOfTarget === null) unmodelled += 1;
    else {
      sums.dm.add(expectedOfTarget);
      sums.dr.add(expectedOfTarget + weight * (reward - expected));
    }
  }
  const support = judgeSupport(
    {
      actions,
      impossible,
      effectiveSampleSize: effectiveSampleSize(sums.weights.value, sums.squares.value),
      largestWeight: largest,
      clippedShare: actions === 0 ? 0 : clipped / actions,
      meanWeight: actions === 0 ? 0 : sums.weights.value / actions,
    },
    rule,
  );
  const weighted = (value: number): Estimate =>
    support.reason === null ? { supported: true, value } : { supported: false, reason: support.reason };
  const modelled = (estimate: Estimate): Estimate =>
    unmodelled === 0 ? estimate : { supported: false, reason: 'there is no reward model of this log' };
  const direct: Estimate =
    actions === 0 || impossible > 0 ? weighted(NaN) : { supported: true, value: sums.dm.value / actions };
  return {
    support,
    estimates: {
      ips: weighted(sums.ips.value / actions),
      snips: weighted(sums.ips.value / sums.weights.value),
      dm: modelled(direct),
      dr: modelled(weighted(sums.dr.value / actions)),
    },
  };
}

/** (Σw)² / Σw²: how many equally weighted actions would say as much (L. Kish, Survey Sampling, 1965). */
function effectiveSampleSize(weights: number, squares: number): number {
  return squares === 0 ? 0 : (weights * weights) / squares;
}

const sum = (): CompensatedSum => new CompensatedSum();
