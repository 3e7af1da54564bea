/** What coders said of one unit: coder → value; a coder who did not judge the unit is absent. */
export type Unit = ReadonlyMap<string, string>;

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
 * Krippendorff's alpha with missing data: 1 − observed / expected disagreement over the coincidence matrix
 * (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011). Units with fewer than two values pair with
 * nothing and are left out. `needed` is the least number of units that may give a number.
 */
export function krippendorffAlpha(
  units: readonly Unit[],
  level: Level = { kind: 'nominal' },
  needed = LEAST_OVERLAP,
): Agreement {
  const pairable = units.filter((unit) => unit.size >= 2);
  if (pairable.length < needed) return { kind: 'not enough overlap', units: pairable.length, needed };
  const { values, coincidences } = coincidenceMatrix(pairable, level);
  const totals = coincidences.map((row) => sum(row));
  const n = sum(totals);
  const distance = distances(values, totals, level);
  let observed = 0;
  let expected = 0;
  coincidences.forEach((row, c) =>
    row.forEach((count, k) => {
      const delta = distance(c, k);
      observed += count * delta;
      expected += (totals[c] ?? 0) * (totals[k] ?? 0) * delta;
    }),
  );
  if (expected === 0) return { kind: 'no variation', units: pairable.length };
  return { kind: 'value', value: 1 - ((n - 1) * observed) / expected, units: pairable.length };
}

/** o_ck: each unit adds its ordered pairs of values from different coders, divided by the number of its values less one. */
function coincidenceMatrix(
  units: readonly Unit[],
  level: Level,
): { values: readonly string[]; coincidences: readonly number[][] } {
  const values =
    level.kind === 'ordinal'
      ? level.order
      : [...new Set(units.flatMap((unit) => [...unit.values()]))].toSorted();
  const place = new Map(values.map((value, at) => [value, at]));
  const coincidences = values.map(() => values.map(() => 0));
  for (const unit of units) {
    const given = [...unit.values()].map((value) => {
      const at = place.get(value);
      if (at === undefined) throw new RangeError(`the value ${value} is not on the scale`);
      return at;
    });
    const share = 1 / (given.length - 1);
    given.forEach((c, i) =>
      given.forEach((k, j) => {
        const row = coincidences[c];
        if (i !== j && row !== undefined) row[k] = (row[k] ?? 0) + share;
      }),
    );
  }
  return { values, coincidences };
}

/** δ²: 0 or 1 for names; for ranks the squared number of values between two ranks, ends counted half. */
function distances(
  values: readonly string[],
  totals: readonly number[],
  level: Level,
): (c: number, k: number) => number {
  if (level.kind === 'nominal') return (c, k) => (c === k ? 0 : 1);
  const before: number[] = [0];
  for (const [at] of values.entries()) before.push((before[at] ?? 0) + (totals[at] ?? 0));
  const middle = (at: number): number => (before[at] ?? 0) + (totals[at] ?? 0) / 2;
  return (c, k) => (middle(c) - middle(k)) ** 2;
}

/** Cohen's kappa of two coders over the units both judged (J. Cohen, 1960): (p_o − p_e) / (1 − p_e). */
export function cohenKappa(
  units: readonly Unit[],
  first: string,
  second: string,
  needed = LEAST_OVERLAP,
): Agreement {
  const pairs = units.flatMap((unit) => {
    const a = unit.get(first);
    const b = unit.get(second);
    return a === undefined || b === undefined ? [] : [{ a, b }];
  });
  const n = pairs.length;
  if (n < needed) return { kind: 'not enough overlap', units: n, needed };
  const values = new Set(pairs.flatMap(({ a, b }) => [a, b]));
  const share = (of: (pair: { a: string; b: string }) => boolean): number => pairs.filter(of).length / n;
  const observed = share(({ a, b }) => a === b);
  const expected = sum(
    [...values].map((value) => share(({ a }) => a === value) * share(({ b }) => b === value)),
  );
  if (expected === 1) return { kind: 'no variation', units: n };
  return { kind: 'value', value: (observed - expected) / (1 - expected), units: n };
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Percentile bootstrap over units (B. Efron, 1979): resamples whole units with replacement `rounds` times.
 * Null when fewer than nine rounds in ten give a number. `below(n)` is a random whole number in [0, n).
 */
export function bootstrapInterval(
  units: readonly Unit[],
  statistic: (units: readonly Unit[]) => Agreement,
  below: (count: number) => number,
  { rounds = 1000, confidence = 0.95 }: { rounds?: number; confidence?: number } = {},
): Interval | null {
  const found: number[] = [];
  const pairable = units.filter((unit) => unit.size >= 2);
  for (let round = 0; round < rounds; round += 1) {
    const drawn = pairable.flatMap(() => pairable[below(pairable.length)] ?? []);
    const agreement = statistic(drawn);
    if (agreement.kind === 'value') found.push(agreement.value);
  }
  if (found.length === 0 || found.length < rounds * 0.9) return null;
  const sorted = Float64Array.from(found).toSorted();
  const tail = (1 - confidence) / 2;
  const low = sorted[Math.floor(tail * (sorted.length - 1))];
  const high = sorted[Math.ceil((1 - tail) * (sorted.length - 1))];
  return low === undefined || high === undefined ? null : { low, high };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
