import type { Condition } from '../ranking/conditions.ts';
import type { RankingPolicy } from '../ranking/policy.ts';

/** A number that a rule's condition compares with, by its place among all of the policy. */
export interface Threshold {
  readonly rule: string;
  /** For example `item.duration_ms ≥`. */
  readonly words: string;
  readonly value: number;
}

const SIGNS = { lt: '<', lte: '≤', gt: '>', gte: '≥' } as const;
const OPERATORS = ['lt', 'lte', 'gt', 'gte'] as const;

/** The thresholds of a policy's multipliers and filters, in the order written. */
export function thresholdsOf(policy: RankingPolicy): Threshold[] {
  const found: Threshold[] = [];
  mapThresholds(policy, (threshold) => {
    found.push(threshold);
    return threshold.value;
  });
  return found;
}

/** The policy with its `at`-th threshold moved. */
export function withThreshold(policy: RankingPolicy, at: number, value: number): RankingPolicy {
  let place = -1;
  return mapThresholds(policy, (threshold) => {
    place += 1;
    return place === at ? value : threshold.value;
  });
}

type Change = (threshold: Threshold) => number;

function mapThresholds(policy: RankingPolicy, change: Change): RankingPolicy {
  return {
    ...policy,
    multipliers: policy.multipliers.map((rule) =>
      rule.when === undefined ? rule : { ...rule, when: mapCondition(rule.name, rule.when, change) },
    ),
    filters: policy.filters.map((rule) => ({ ...rule, when: mapCondition(rule.name, rule.when, change) })),
  };
}

function mapCondition(rule: string, condition: Condition, change: Change): Condition {
  const inner = (part: Condition): Condition => mapCondition(rule, part, change);
  if ('all' in condition) return { all: condition.all.map(inner) };
  if ('any' in condition) return { any: condition.any.map(inner) };
  if ('not' in condition) return { not: inner(condition.not) };
  if ('label' in condition) return condition;
  const moved = { ...condition };
  for (const operator of OPERATORS) {
    const value = condition[operator];
    if (typeof value !== 'number') continue;
    moved[operator] = change({ rule, words: `${condition.field} ${SIGNS[operator]}`, value });
  }
  return moved;
}
