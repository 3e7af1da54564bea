import { applyFactor, headOutput, headValue } from './arithmetic.ts';
import { compilePolicy } from './compile.ts';
import type { RankingPolicy } from './policy.ts';
import type { Ranking } from './rank.ts';
import type { HeadOutputs, RankingRequest } from './request.ts';
import { smallestSwap, type Swap } from './swap.ts';

export interface HeadArithmetic {
  name: string;
  /** The model's raw output. */
  output: number;
  /** After scale and clamp. */
  value: number;
  weight: number;
  /** weight × value. */
  contribution: number;
}

export interface ScoreStep {
  name: string;
  factor: number;
  before: number;
  after: number;
}

/** One item's whole arithmetic: Σ contribution, in order, is `baseScore`; the steps lead to `finalScore`. */
export interface ItemArithmetic {
  itemId: string;
  /** From 1; null when a filter removed the item or the feed was cut before it. */
  position: number | null;
  /** The place among all items no filter removed, from 1; null when removed. */
  rank: number | null;
  removedBy: string | null;
  heads: HeadArithmetic[];
  baseScore: number;
  /** The multipliers that apply to the item. */
  multipliers: ScoreStep[];
  diversity: ScoreStep | null;
  finalScore: number;
  /** The item ranked just below, and the smallest single weight change that would swap the two. */
  beats: { itemId: string; rank: number; margin: number; swap: Swap | null } | null;
}

/** Explains a ranking item by item: kept items in rank order, then removed ones in the order of the request. */
export function explainRanking(
  policy: RankingPolicy,
  request: RankingRequest,
  outputs: HeadOutputs,
  ranking: Ranking,
): ItemArithmetic[] {
  const { order, removedBy, feedLength } = ranking;
  const explained = (index: number) => explainItem(policy, request, outputs, ranking, index);
  const kept = Array.from(order, (index, place) => {
    const rank = place + 1;
    const item = { ...explained(index), rank, position: rank <= feedLength ? rank : null };
    return { item, index };
  });
  for (const [place, above] of kept.entries()) {
    const below = kept[place + 1];
    if (below === undefined) continue;
    above.item.beats = {
      itemId: below.item.itemId,
      rank: below.item.rank,
      margin: above.item.finalScore - below.item.finalScore,
      swap: smallestSwap(policy.heads, above.item, below.item, ranking.idOrder),
    };
  }
  const removed = Array.from(removedBy.keys()).filter((index) => removedBy[index] !== -1);
  return [...kept.map(({ item }) => item), ...removed.map(explained)];
}

function explainItem(
  policy: RankingPolicy,
  request: RankingRequest,
  outputs: HeadOutputs,
  { baseScore, removedBy, diversityFactor }: Ranking,
  index: number,
): ItemArithmetic {
  const candidate = request.candidates[index];
  if (candidate === undefined) throw new RangeError(`no candidate ${index}`);
  const heads = policy.heads.map((head) => {
    const output = headOutput(head, request, outputs)[index] ?? NaN;
    const value = headValue(head, output);
    return { name: head.name, output, value, weight: head.weight, contribution: head.weight * value };
  });
  const { filters, multipliers } = compilePolicy(policy);
  const base = baseScore[index] ?? NaN;
  const steps: ScoreStep[] = [];
  let score = base;
  const step = (name: string, factor: number): ScoreStep => {
    const before = score;
    score = applyFactor(before, factor);
    return { name, factor, before, after: score };
  };
  for (const { name, holds, factor } of multipliers) {
    if (holds === null || holds(request, candidate)) steps.push(step(name, factor));
  }
  const factor = diversityFactor[index] ?? NaN;
  const diversity = Number.isNaN(factor) ? null : step('diversity', factor);
  return {
    itemId: candidate.item.itemId,
    position: null,
    rank: null,
    removedBy: filters[removedBy[index] ?? -1]?.name ?? null,
    heads,
    baseScore: base,
    multipliers: steps,
    diversity,
    finalScore: score,
    beats: null,
  };
}
