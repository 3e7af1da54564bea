import { ActionSums, type LoggedAction } from './sums.ts';
import { judgeSupport, type Support, type SupportRule, SUPPORT_RULE } from './support.ts';

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
  const sums = new ActionSums(rule);
  for (const action of log) sums.add(action);
  return estimatesOf(sums, rule);
}

/** The estimates that sums over a log come to. */
export function estimatesOf(sums: ActionSums, rule: SupportRule = SUPPORT_RULE): OffPolicyEstimates {
  const actions = sums.value('actions');
  const weights = sums.value('weights');
  const support = judgeSupport(
    {
      actions,
      impossible: sums.value('impossible'),
      effectiveSampleSize: effectiveSampleSize(weights, sums.value('squares')),
      largestWeight: sums.largest,
      clippedShare: actions === 0 ? 0 : sums.value('clipped') / actions,
      meanWeight: actions === 0 ? 0 : weights / actions,
    },
    rule,
  );
  const weighted = (value: number): Estimate =>
    support.reason === null ? { supported: true, value } : { supported: false, reason: support.reason };
  const modelled = (estimate: Estimate): Estimate =>
    sums.value('unmodelled') === 0
      ? estimate
      : { supported: false, reason: 'there is no reward model of this log' };
  const direct: Estimate =
    actions === 0 || sums.value('impossible') > 0
      ? weighted(NaN)
      : { supported: true, value: sums.value('dm') / actions };
  return {
    support,
    estimates: {
      ips: weighted(sums.value('ips') / actions),
      snips: weighted(sums.value('ips') / weights),
      dm: modelled(direct),
      dr: modelled(weighted(sums.value('dr') / actions)),
    },
  };
}

/** (Σw)² / Σw²: how many equally weighted actions would say as much (L. Kish, Survey Sampling, 1965). */
function effectiveSampleSize(weights: number, squares: number): number {
  return squares === 0 ? 0 : (weights * weights) / squares;
}
