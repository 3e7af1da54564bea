import { redraw } from '../statistics/binomial.ts';

/** Enough units judged by two or more coders for a number to mean something. */
export const LEAST_OVERLAP = 5;

/** An agreement, or why there is none: too few units judged twice, or only one value ever used. */
export type Agreement =
  | { readonly kind: 'value'; readonly value: number; readonly units: number }
  | { readonly kind: 'not enough overlap'; readonly units: number; readonly needed: number }
  | { readonly kind: 'no variation'; readonly units: number };

/** How values are told apart: by name alone, or by their place in `order` (lowest first). */
export type Level =
  { readonly kind: 'nominal' } | { readonly kind: 'ordinal'; readonly order: readonly string[] };

/**
 * Units of which an agreement is measured, alike ones counted together: a million units of a few values come down to a
 * few kinds, so the statistic and its bootstrap do not depend on how many there are.
 */
export interface Kinds {
  /** How many units are of each kind. */
  readonly counts: readonly number[];
  /** The statistic of so many units of each kind; null where it is not defined. */
  readonly statistic: (counts: ArrayLike<number>) => number | null;
}

/** The agreement of `kinds`; `needed` is the least number of units that may give a number. */
export function agreementOf({ counts, statistic }: Kinds, needed = LEAST_OVERLAP): Agreement {
  const units = sum(counts);
  if (units < needed) return { kind: 'not enough overlap', units, needed };
  const value = statistic(counts);
  return value === null ? { kind: 'no variation', units } : { kind: 'value', value, units };
}

/**
 * Krippendorff's alpha with missing data: 1 − observed / expected disagreement over the coincidence matrix
 * (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011). Units with fewer than two values pair with
 * nothing and are left out.
 */
export class UnitTable {
  /** Units by their values, one after the other: a walk along it is cheaper than a key for every unit. */
  readonly #root: Branch = { units: 0, next: new Map() };

  /** Adds so many units of which each got these values. */
  add(given: Iterable<string>, units = 1): void {
    let branch = this.#root;
    for (const value of given) branch = entry(branch.next, value, () => ({ units: 0, next: new Map() }));
    branch.units += units;
  }

  kinds(level: Level = { kind: 'nominal' }): Kinds {
    const found = new Map<string, { values: readonly string[]; count: number }>();
    for (const { values, units } of leaves(this.#root)) {
      if (values.length < 2 || units === 0) continue;
      const sorted = values.toSorted();
      entry(found, sorted.join('\n'), () => ({ values: sorted, count: 0 })).count += units;
    }
    const kinds = inOrder(found);
    const scale =
      level.kind === 'ordinal' ? level.order : [...new Set(kinds.flatMap(({ values }) => values))].toSorted();
    const matrices = kinds.map(({ values }) => coincidencesOf(values, scale));
    return {
      counts: kinds.map(({ count }) => count),
      statistic: (counts) => alphaOf(matrices, counts, scale.length, level.kind),
    };
  }
}

interface Branch {
  units: number;
  readonly next: Map<string, Branch>;
}

function* leaves(
  { units, next }: Branch,
  values: readonly string[] = [],
): Generator<{ values: readonly string[]; units: number }> {
  yield { values, units };
  for (const [value, branch] of next) yield* leaves(branch, [...values, value]);
}

/** The value of a key, made where there is none. */
export function entry<Key, Value>(map: Map<Key, Value>, key: Key, made: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = made();
  map.set(key, value);
  return value;
}

/** Sorted by key, so that the same units in whatever order are resampled alike. */
const inOrder = <Kind>(kinds: ReadonlyMap<string, Kind>): Kind[] =>
  [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);

/** Cells of the coincidence matrix that one unit adds to, row by row, and how much. */
interface Coincidences {
  readonly cells: readonly number[];
  readonly amounts: readonly number[];
}

/** o_ck: a unit adds its ordered pairs of values from different coders, divided by the number of its values less one. */
function coincidencesOf(values: readonly string[], scale: readonly string[]): Coincidences {
  const places = values.map((value) => {
    const at = scale.indexOf(value);
    if (at === -1) throw new RangeError(`the value ${value} is not on the scale`);
    return at;
  });
  const share = 1 / (places.length - 1);
  const found = new Map<number, number>();
  places.forEach((c, i) =>
    places.forEach((k, j) => {
      const cell = c * scale.length + k;
      if (i !== j) found.set(cell, (found.get(cell) ?? 0) + share);
    }),
  );
  return { cells: [...found.keys()], amounts: [...found.values()] };
}

function alphaOf(
  matrices: readonly Coincidences[],
  counts: ArrayLike<number>,
  size: number,
  level: Level['kind'],
): number | null {
  const matrix = new Float64Array(size * size);
  matrices.forEach(({ cells, amounts }, kind) =>
    cells.forEach((cell, at) => {
      matrix[cell] = (matrix[cell] ?? 0) + (counts[kind] ?? 0) * (amounts[at] ?? 0);
    }),
  );
  const totals = Array.from({ length: size }, (_, c) => sum(matrix.subarray(c * size, (c + 1) * size)));
  const middle = middles(totals);
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < size; c += 1)
    for (let k = 0; k < size; k += 1) {
      // δ²: 0 or 1 for names; for ranks the squared number of values between two ranks, ends counted half
      const delta = level === 'nominal' ? Number(c !== k) : ((middle[c] ?? 0) - (middle[k] ?? 0)) ** 2;
      observed += (matrix[c * size + k] ?? 0) * delta;
      expected += (totals[c] ?? 0) * (totals[k] ?? 0) * delta;
    }
  return expected === 0 ? null : 1 - ((sum(totals) - 1) * observed) / expected;
}

/** The middle of each rank among all values given, lowest first. */
function middles(totals: readonly number[]): number[] {
  let before = 0;
  return totals.map((total) => {
    before += total;
    return before - total / 2;
  });
}

/** Cohen's kappa of two coders over the units both judged (J. Cohen, 1960): (p_o − p_e) / (1 − p_e). */
export class PairTable {
  readonly #rows = new Map<string, Map<string, number>>();

  /** Adds a unit by what the first and the second coder said of it. */
  add(a: string, b: string): void {
    const row = entry(this.#rows, a, () => new Map<string, number>());
    row.set(b, (row.get(b) ?? 0) + 1);
  }

  kinds(): Kinds {
    const found = [...this.#rows].flatMap(([a, row]) =>
      [...row].map(([b, count]) => [`${a}\n${b}`, { a, b, count }] as const),
    );
    const cells = inOrder(new Map(found));
    const scale = [...new Set(cells.flatMap(({ a, b }) => [a, b]))];
    const places = cells.map(({ a, b }) => [scale.indexOf(a), scale.indexOf(b)] as const);
    return {
      counts: cells.map(({ count }) => count),
      statistic: (counts) => kappaOf(places, counts, scale.length),
    };
  }
}

function kappaOf(
  places: readonly (readonly [number, number])[],
  counts: ArrayLike<number>,
  size: number,
): number | null {
  const rows = new Float64Array(size);
  const columns = new Float64Array(size);
  let n = 0;
  let alike = 0;
  places.forEach(([a, b], at) => {
    const count = counts[at] ?? 0;
    n += count;
    if (a === b) alike += count;
    rows[a] = (rows[a] ?? 0) + count;
    columns[b] = (columns[b] ?? 0) + count;
  });
  const chance = rows.reduce((total, row, at) => total + row * (columns[at] ?? 0), 0);
  // whole numbers up to here, so that “only one value” is told exactly
  return chance === n * n ? null : (n * alike - chance) / (n * n - chance);
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile bootstrap over units (B. Efron, 1979): draws as many whole units with replacement `rounds` times. Null when
 * fewer than nine rounds in ten give a number. `unit()` is a random number in [0, 1).
 */
export function bootstrapInterval(
  { counts, statistic }: Kinds,
  unit: () => number,
  { rounds = 1000, confidence = 0.95 }: { rounds?: number; confidence?: number } = {},
): Interval | null {
  const found: number[] = [];
  const drawn = new Float64Array(counts.length);
  for (let round = 0; round < rounds; round += 1) {
    redraw(counts, unit, drawn);
    const value = statistic(drawn);
    if (value !== null) found.push(value);
  }
  if (found.length === 0 || found.length < rounds * 0.9) return null;
  const sorted = Float64Array.from(found).toSorted();
  const tail = (1 - confidence) / 2;
  const low = sorted[Math.floor(tail * (sorted.length - 1))];
  const high = sorted[Math.ceil((1 - tail) * (sorted.length - 1))];
  return low === undefined || high === undefined ? null : { low, high };
}

function sum(numbers: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < numbers.length; at += 1) total += numbers[at] ?? 0;
  return total;
}
