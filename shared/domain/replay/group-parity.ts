import { parityRatio } from '../metrics/concentration.ts';
import { UNKNOWN } from './attribute.ts';
import { intervalsOf, parityDraws, parityTest, type DrawnSides } from './inference.ts';
import type { Measure, Slicing } from './report.ts';

/** Of what parity is asked: how good feeds are for a group, and how much harm they bring it. */
const COMPARED = ['ndcg', 'prevalence', 'labelled_exposure', 'negative_feedback'] as const;

/** One group of users, requests or items, with its own figures. */
export interface Group {
  readonly values: readonly string[];
  /** Fewer requests than can be relied on: it is held against no other. */
  readonly small: boolean;
  readonly measures: readonly Measure[];
  /** A measure of the group in every draw; null without draws. */
  drawn(id: string): DrawnSides | null;
  /** The same in every swap of its requests. */
  swapped(id: string): DrawnSides | null;
}

/**
 * How even quality and harm in the first `depth` places are over the groups of one slicing: the figure of the group
 * with the smallest over that of the group with the largest, by `parityRatio`; 1 is even. Groups that are small,
 * unknown, or without evidence are left out; null where fewer than two are left or no group has any. Groups of items
 * share requests: a request is drawn, and its rankers are swapped, in all of its groups alike.
 */
export function groupParities(by: Slicing, groups: readonly Group[], depth: number): Measure[] {
  const held = groups.filter(({ small, values }) => !small && !values.includes(UNKNOWN));
  return COMPARED.flatMap((metric): Measure[] => {
    const id = `${metric}@${depth}`;
    const own = held.flatMap((group) => {
      const measure = group.measures.find((row) => row.id === id);
      return measure === undefined || measure.baseline === null || measure.candidate === null
        ? []
        : [{ group, measure, baseline: measure.baseline, candidate: measure.candidate }];
    });
    const title = groups.flatMap(({ measures }) => measures.find((row) => row.id === id)?.title ?? [])[0];
    if (title === undefined) return [];
    const baseline = parityRatio(own.map((group) => group.baseline));
    const candidate = parityRatio(own.map((group) => group.candidate));
    const known = baseline !== null && candidate !== null;
    const swaps = own.map(({ group }) => group.swapped(id)).filter((swapped) => swapped !== null);
    const draws = own.map(({ group }) => group.drawn(id)).filter((drawn) => drawn !== null);
    return [
      {
        id: `parity:${id}:${by.join('+')}`,
        title: `Parity over ${by.join(' and ')}, smallest ÷ largest group: ${title}`,
        ...{ unit: 'ratio', better: 'higher' },
        baseline: known ? baseline : null,
        candidate: known ? candidate : null,
        difference: known ? candidate - baseline : null,
        requests: known ? own.reduce((sum, { measure }) => sum + measure.requests, 0) : 0,
        groups: { compared: own.length, small: groups.filter(({ small }) => small).length },
        ...(known && draws.length === own.length ? { intervals: intervalsOf(parityDraws(draws)) } : {}),
        ...(known && swaps.length === own.length ? parityTest(swaps) : {}),
      },
    ];
  });
}
