import { parityRatio } from '../metrics/concentration.ts';
import { compareCodePoints } from '../ranking/id-order.ts';
import type { Measure } from './report.ts';

/** Kinds of one attribute that are told apart; those met later in the order of requests count together. */
const MOST_KINDS = 60;
/** The kind of whatever comes after those. */
const OTHERS = 'all others';

/**
 * Numbers kinds from 0 in the order they are met, the same for whoever meets the same requests in the same order; of
 * each attribute at most sixty, the rest as one.
 */
export class KindNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #met = new Map<string, number>();
  readonly #names: string[] = [];

  /** Names by number. */
  get names(): readonly string[] {
    return this.#names;
  }

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const attribute = attributeIn(name);
    const met = this.#met.get(attribute) ?? 0;
    const others = `${attribute}=${OTHERS}`;
    if (met >= MOST_KINDS && name !== others) return this.of(others);
    this.#met.set(attribute, met + 1);
    this.#numbers.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }
}

/** The attribute in the name of a kind. */
const attributeIn = (name: string): string => name.slice(0, name.indexOf('='));
const kindIn = (name: string): string => name.slice(name.indexOf('=') + 1);

/** Id of a kind's share of exposure. */
export const exposureId = (depth: number, name: string): string => `exposure@${depth}:${name}`;
/** Id of that share over the kind's share of the candidates. */
export const ratioId = (depth: number, name: string): string => `exposure_ratio@${depth}:${name}`;

/** Means over requests of what `KindShares` holds of one kind. */
export interface KindMeans {
  readonly name: string;
  readonly supply: number;
  readonly baseline: number;
  readonly candidate: number;
  /** Requests that have such an item among their candidates. */
  readonly requests: number;
}

/** A kind fewer requests could show is held against no other: its ratio is not to be relied on. */
const LEAST_REQUESTS = 100;

/** The kinds of an attribute that could be shown often enough to be compared. */
export const comparableKinds = (
  kinds: readonly Pick<KindMeans, 'name' | 'requests'>[],
  attribute: string,
): string[] =>
  kinds
    .filter(({ name, requests }) => attributeIn(name) === attribute && requests >= LEAST_REQUESTS)
    .map(({ name }) => name);

/**
 * Measures of exposure by kind in the first `depth` places, by attribute and then by kind: each kind's share of
 * exposure; that share over its supply (1: shown as often as offered); and of each attribute the smallest of these
 * ratios over the largest, by `parityRatio`. `requests` counts all that have two feeds.
 */
export function kindMeasures(kinds: readonly KindMeans[], depth: number, requests: number): Measure[] {
  const sorted = kinds.toSorted((a, b) => compareCodePoints(a.name, b.name));
  const attributes = [...new Set(sorted.map(({ name }) => attributeIn(name)))];
  const measure = (
    named: Pick<Measure, 'id' | 'title' | 'unit' | 'better' | 'requests'>,
    baseline: number | null,
    candidate: number | null,
  ): Measure => {
    const known = baseline !== null && candidate !== null;
    const sides = known
      ? { baseline, candidate, difference: candidate - baseline }
      : { baseline: null, candidate: null, difference: null };
    return { ...named, ...sides, requests: known ? named.requests : 0 };
  };
  const mix = { better: 'neither' } as const;
  return attributes.flatMap((attribute) => {
    const own = sorted.filter(({ name }) => attributeIn(name) === attribute);
    const held = new Set(comparableKinds(own, attribute));
    const comparable = own.filter(({ name }) => held.has(name));
    const parity = (side: 'baseline' | 'candidate'): number | null =>
      parityRatio(comparable.map((kind) => kind[side] / kind.supply));
    const shares = own.map(({ name, baseline, candidate }) => {
      const title = `Share of exposure of ${attribute} ${kindIn(name)} in the first ${depth}`;
      const named = { ...mix, id: exposureId(depth, name), title, unit: 'share', requests };
      return measure(named, baseline, candidate);
    });
    const ratios = own.map(({ name, supply, baseline, candidate, requests }) => {
      const title = `Exposure of ${attribute} ${kindIn(name)} in the first ${depth} ÷ its share of the candidates`;
      const named = { ...mix, id: ratioId(depth, name), title, unit: 'ratio', requests };
      return measure(named, baseline / supply, candidate / supply);
    });
    const even = measure(
      {
        id: `exposure_parity@${depth}:${attribute}`,
        title: `Parity of exposure over ${attribute}, least ÷ most favoured kind, in the first ${depth}`,
        unit: 'ratio',
        better: 'higher',
        requests,
      },
      parity('baseline'),
      parity('candidate'),
    );
    const groups = { compared: comparable.length, small: own.length - comparable.length };
    return shares.concat(ratios, { ...even, groups });
  });
}
