import type { RankingPolicy } from '../ranking/policy.ts';
import type { PolicyChange } from './diff.ts';

/** Policy `b` with one of its changes from `a` taken back, as `diffPolicies(a, b)` names it. */
export function undoChange(a: RankingPolicy, b: RankingPolicy, { kind, name }: PolicyChange): RankingPolicy {
  switch (kind) {
    case 'head':
      return { ...b, heads: restored(a.heads, b.heads, name) };
    case 'multiplier':
      return { ...b, multipliers: restored(a.multipliers, b.multipliers, name) };
    case 'filter':
      return { ...b, filters: restored(a.filters, b.filters, name) };
    case 'diversity':
      return { ...b, diversity: a.diversity };
    case 'feed':
    default:
      return { ...b, top_k: a.top_k };
  }
}

/** The rule as it was before, in its place; gone if it was not there, last if it is not there now. */
function restored<Rule extends { readonly name: string }>(
  before: readonly Rule[],
  after: readonly Rule[],
  name: string,
): Rule[] {
  const former = before.find((rule) => rule.name === name);
  if (former === undefined) return after.filter((rule) => rule.name !== name);
  if (!after.some((rule) => rule.name === name)) return [...after, former];
  return after.map((rule) => (rule.name === name ? former : rule));
}
