/** When a log is thought to support an estimate. */
export interface SupportRule {
  /** Weights are cut here (bias for variance: E. Ionides, J. Comput. Graph. Stat. 17(2), 2008). */
  readonly clip: number;
  /** Least effective sample size. */
  readonly leastEffective: number;
  /** Most of the actions whose weight may be cut. */
  readonly mostClipped: number;
  /**
   * How far the mean weight may be from 1. Its expectation is 1 wherever the logging policy could take every action
   * the policy in question takes, so a mean far from 1 shows that the log lacks some of them.
   */
  readonly meanTolerance: number;
}

export const SUPPORT_RULE: SupportRule = {
  clip: 1000,
  leastEffective: 100,
  mostClipped: 0.01,
  meanTolerance: 0.2,
};

interface Weights {
  readonly actions: number;
  /** Actions whose logged propensity is not above 0. */
  readonly impossible: number;
  readonly effectiveSampleSize: number;
  readonly largestWeight: number;
  readonly clippedShare: number;
  readonly meanWeight: number;
}

/** What the weights of a log are, and why it does not support an estimate; null where it does. */
export interface Support extends Weights {
  readonly reason: string | null;
}

export function judgeSupport(weights: Weights, rule: SupportRule): Support {
  return { ...weights, reason: shortage(weights, rule) };
}

function shortage(weights: Weights, rule: SupportRule): string | null {
  const { actions, impossible, effectiveSampleSize, clippedShare, meanWeight } = weights;
  if (actions === 0) return 'the log has no action with a propensity';
  if (impossible > 0) return `${impossible} of ${actions} logged actions have a propensity of 0`;
  if (effectiveSampleSize < rule.leastEffective) {
    return `its effective sample size is ${effectiveSampleSize.toFixed(1)}, less than ${rule.leastEffective}`;
  }
  if (clippedShare > rule.mostClipped) {
    return `${(100 * clippedShare).toFixed(1)} % of the weights are cut, more than ${100 * rule.mostClipped} %`;
  }
  if (Math.abs(meanWeight - 1) > rule.meanTolerance) {
    return `the mean weight is ${meanWeight.toFixed(2)}, not near 1: the log lacks actions the policy takes`;
  }
  return null;
}
