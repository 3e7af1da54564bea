import type { RankingPolicy } from '../ranking/policy.ts';
import { canonicalJson } from '../statements/canonical-json.ts';
import { shapleyValues } from './shapley.ts';

/** What a ranker is made of, in the order its arithmetic uses it. How deep it cuts belongs to diversity. */
export const PARTS = ['model', 'weights', 'multipliers', 'filters', 'diversity'] as const;
export type Part = (typeof PARTS)[number];

/** Which of the two rankers each part comes from. */
export type Mix = Readonly<Record<Part, 'baseline' | 'candidate'>>;

/** A policy of which every part but the model comes from the ranker the mix names. */
export function mixedPolicy(mix: Mix, baseline: RankingPolicy, candidate: RankingPolicy): RankingPolicy {
  const from = (part: Part): RankingPolicy => (mix[part] === 'candidate' ? candidate : baseline);
  return {
    version: 1,
    heads: from('weights').heads,
    multipliers: from('multipliers').multipliers,
    filters: from('filters').filters,
    diversity: from('diversity').diversity,
    top_k: from('diversity').top_k,
  };
}

/** The parts in which two rankers differ; `sameModel` where their models are the same bytes. */
export function differingParts(
  baseline: RankingPolicy,
  candidate: RankingPolicy,
  sameModel: boolean,
): Part[] {
  const view: Record<Exclude<Part, 'model'>, (policy: RankingPolicy) => unknown> = {
    weights: ({ heads }) => heads,
    multipliers: ({ multipliers }) => multipliers,
    filters: ({ filters }) => filters,
    diversity: ({ diversity, top_k }) => ({ diversity, top_k }),
  };
  return PARTS.filter((part) => {
    if (part === 'model') return !sameModel;
    return canonicalJson(view[part](baseline)) !== canonicalJson(view[part](candidate));
  });
}

/**
 * How much of the change from baseline to candidate each part brings: Shapley values over the parts that differ, 0
 * for the others. `measure` ranks with a mix of parts and answers any numbers of the feeds that result, for one
 * request or as sums over a whole replay: because the values are linear, sums of attributions are the attribution of
 * sums. The parts sum to measure(all from the candidate) − measure(all from the baseline).
 */
export function attributeParts(
  differing: readonly Part[],
  measure: (mix: Mix) => Float64Array,
): Record<Part, Float64Array> {
  return attributeWorths(differing, mixesOf(differing).map(measure));
}

/** Every mix of two rankers that differ in these parts: the first is all baseline, the last all candidate. */
export function mixesOf(differing: readonly Part[]): Mix[] {
  return Array.from({ length: 2 ** differing.length }, (_, coalition) => mixOf(differing, coalition));
}

/** `attributeParts` of what was measured before: one row of numbers for each of `mixesOf(differing)`. */
export function attributeWorths(
  differing: readonly Part[],
  worths: readonly Float64Array[],
): Record<Part, Float64Array> {
  const none = new Float64Array(worths[0]?.length ?? 0);
  const values = shapleyValues(differing.length, (coalition) => worths[coalition] ?? none);
  const of = (part: Part): Float64Array => values[differing.indexOf(part)] ?? none;
  return {
    model: of('model'),
    weights: of('weights'),
    multipliers: of('multipliers'),
    filters: of('filters'),
    diversity: of('diversity'),
  };
}

function mixOf(differing: readonly Part[], coalition: number): Mix {
  const from = (part: Part): 'baseline' | 'candidate' => {
    const place = differing.indexOf(part);
    return place !== -1 && (coalition & (2 ** place)) !== 0 ? 'candidate' : 'baseline';
  };
  return {
    model: from('model'),
    weights: from('weights'),
    multipliers: from('multipliers'),
    filters: from('filters'),
    diversity: from('diversity'),
  };
}
