import type { Condition } from '../ranking/conditions.ts';
import type { RankingPolicy } from '../ranking/policy.ts';

/** A value that a condition compares with and that can be moved: a number, or text that has an order, a date for example. */
export interface Threshold {
  /** For example `item.duration_ms ≥`. */
  readonly words: string;
  readonly field: string;
  readonly value: number | string;
  /** What a larger value does: 1, the condition holds for more; −1, for fewer; 0, neither or unknown. */
  readonly wider: 1 | 0 | -1;
}

/** One of a policy's thresholds, by its place among all of them. */
export interface PolicyThreshold extends Threshold {
  readonly kind: 'multiplier' | 'filter';
  readonly rule: string;
}

const SIGNS = { eq: '=', ne: '≠', lt: '<', lte: '≤', gt: '>', gte: '≥' } as const;
const OPERATORS = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] as const;
const WIDER = { eq: 0, ne: 0, lt: 1, lte: 1, gt: -1, gte: -1 } as const;

/** The thresholds of a policy's multipliers and filters, in the order written. */
export function thresholdsOf({ multipliers, filters }: RankingPolicy): PolicyThreshold[] {
  const of = (kind: PolicyThreshold['kind'], rule: string, when: Condition | undefined) =>
    when === undefined ? [] : thresholdsIn(when).map((threshold) => Object.assign({ kind, rule }, threshold));
  return [
    ...multipliers.flatMap(({ name, when }) => of('multiplier', name, when)),
    ...filters.flatMap(({ name, when }) => of('filter', name, when)),
  ];
}

/** The policy with its `at`-th threshold moved; a value of another type than the threshold's leaves it alone. */
export function withThreshold(policy: RankingPolicy, at: number, value: number | string): RankingPolicy {
  let place = -1;
  const move = ({ value: own }: Threshold) => {
    place += 1;
    return place === at && typeof own === typeof value ? value : own;
  };
  return {
    ...policy,
    multipliers: policy.multipliers.map((rule) =>
      rule.when === undefined ? rule : { ...rule, when: mapCondition(rule.when, move, 1) },
    ),
    filters: policy.filters.map((rule) => ({ ...rule, when: mapCondition(rule.when, move, 1) })),
  };
}

/** The thresholds of one condition, in the order written. */
export function thresholdsIn(condition: Condition): Threshold[] {
  const found: Threshold[] = [];
  mapCondition(
    condition,
    (threshold) => {
      found.push(threshold);
      return threshold.value;
    },
    1,
  );
  return found;
}

/** The condition with all its thresholds made alike: two conditions with one form differ in thresholds alone. */
export const formOf = (condition: Condition): Condition =>
  mapCondition(condition, ({ value }) => (typeof value === 'number' ? 0 : ''), 1);

type Change = (threshold: Threshold) => number | string;

function mapCondition(condition: Condition, change: Change, sense: 1 | -1): Condition {
  const inner = (part: Condition): Condition => mapCondition(part, change, sense);
  if ('all' in condition) return { all: condition.all.map(inner) };
  if ('any' in condition) return { any: condition.any.map(inner) };
  if ('not' in condition) return { not: mapCondition(condition.not, change, sense === 1 ? -1 : 1) };
  if ('label' in condition) return condition;
  const moved = { ...condition };
  const { field } = condition;
  for (const operator of OPERATORS) {
    const value = condition[operator];
    const isOrdered = operator !== 'eq' && operator !== 'ne';
    if (typeof value !== 'number' && !(isOrdered && typeof value === 'string')) continue;
    const wider = WIDER[operator] === 0 ? 0 : WIDER[operator] === sense ? 1 : -1;
    moved[operator] = change({ words: `${field} ${SIGNS[operator]}`, field, value, wider });
  }
  if (condition.in !== undefined)
    moved.in = condition.in.map((value, at) =>
      typeof value === 'number'
        ? change({ words: `${field} is one of, value ${at + 1}`, field, value, wider: 0 })
        : value,
    );
  return moved;
}
