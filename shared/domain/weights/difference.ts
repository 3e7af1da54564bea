import { wordsOf } from './key.ts';
import type { RowNorm } from './row-norms.ts';
import type { Tensor, Values } from './tensor.ts';

const EXPONENTS = 2048;
const EXPONENT_BIAS = 1023;
const SHOWN = 10;

/** Sums over pairs of values (before a, after b). Pairs with NaN or infinity are counted and then left out. */
export interface DifferenceScan {
  /** Values that differ; NaN equals NaN. */
  changed: number;
  /** Of those, the ones where a side is NaN or infinite. */
  notFinite: number;
  squares: number;
  squaresBefore: number;
  squaresAfter: number;
  products: number;
  largest: { readonly change: number; readonly index: number } | null;
  /** How many values rose and fell by 2^k to 2^(k+1), by k + 1023. */
  readonly rises: Uint32Array;
  readonly falls: Uint32Array;
  /** The rows that moved farthest, by ‖b − a‖. */
  moved: RowNorm[];
}

export const emptyDifference = (): DifferenceScan => ({
  changed: 0,
  notFinite: 0,
  squares: 0,
  squaresBefore: 0,
  squaresAfter: 0,
  products: 0,
  largest: null,
  rises: new Uint32Array(EXPONENTS),
  falls: new Uint32Array(EXPONENTS),
  moved: [],
});

const float = new Float64Array(1);
const words = wordsOf(float);

/**
 * Adds pairs, the first of them number `index`, as rows of `columns` values; answers each row's squares of the
 * difference, for `keepMovedRow` once a row is whole.
 */
export function scanDifference(
  scan: DifferenceScan,
  before: Values,
  after: Values,
  index: number,
  columns: number,
): number[] {
  const squares: number[] = [];
  for (let from = 0; from < before.length; from += columns)
    squares.push(addRow(scan, before, after, from, Math.min(before.length, from + columns), index));
  return squares;
}

/** Keeps a row among those that moved farthest. */
export function keepMovedRow(scan: DifferenceScan, row: number, squares: number): void {
  const least = scan.moved[SHOWN - 1]?.norm ?? 0;
  const norm = Math.min(Number.MAX_VALUE, Math.sqrt(squares));
  if (norm > least) keepMoved(scan, { row, norm });
}

/** Sums of pairs of finite values that were taken already. */
export interface PairSums {
  readonly squares: number;
  readonly squaresBefore: number;
  readonly squaresAfter: number;
  readonly products: number;
  /** The largest size of a change. */
  readonly largest: number;
}

/** Adds sums of pairs, the first of them number `index`; what `addExponents` adds is left out. */
export function addPairSums(
  scan: DifferenceScan,
  before: Values,
  after: Values,
  index: number,
  { squares, squaresBefore, squaresAfter, products, largest }: PairSums,
): void {
  scan.squares += squares;
  scan.squaresBefore += squaresBefore;
  scan.squaresAfter += squaresAfter;
  scan.products += products;
  if (largest <= (scan.largest?.change ?? 0)) return;
  const at = before.findIndex((value, place) => Math.abs((after[place] ?? 0) - value) === largest);
  scan.largest = { change: largest, index: index + at };
}

/** Adds counts of changes by the upper twelve bits of their float64: sign and exponent. No change has exponent 0. */
export function addExponents(scan: DifferenceScan, counts: Uint32Array): void {
  for (let exponent = 1; exponent < EXPONENTS; exponent += 1) {
    const rises = counts[exponent] ?? 0;
    const falls = counts[EXPONENTS + exponent] ?? 0;
    scan.rises[exponent] = (scan.rises[exponent] ?? 0) + rises;
    scan.falls[exponent] = (scan.falls[exponent] ?? 0) + falls;
    scan.changed += rises + falls;
  }
}

function addRow(
  scan: DifferenceScan,
  before: Values,
  after: Values,
  from: number,
  to: number,
  index: number,
): number {
  let [squares, squaresBefore, squaresAfter, products, changed] = [0, 0, 0, 0, 0];
  let largest = scan.largest?.change ?? 0;
  const { rises, falls } = scan;
  for (let at = from; at < to; at += 1) {
    const a = before[at] ?? 0;
    const b = after[at] ?? 0;
    const change = b - a;
    if (change === 0) {
      squaresBefore += a * a;
      squaresAfter += b * b;
      products += a * b;
      continue;
    }
    if (!Number.isFinite(change)) {
      addNotFinite(scan, a, b);
      continue;
    }
    changed += 1;
    squares += change * change;
    squaresBefore += a * a;
    squaresAfter += b * b;
    products += a * b;
    float[0] = change;
    const high = words[1] ?? 0;
    const counts = change > 0 ? rises : falls;
    const exponent = (high >>> 20) & 0x7ff;
    counts[exponent] = (counts[exponent] ?? 0) + 1;
    if (change > largest || -change > largest) {
      largest = Math.abs(change);
      scan.largest = { change: largest, index: index + at };
    }
  }
  scan.changed += changed;
  scan.squares += squares;
  scan.squaresBefore += squaresBefore;
  scan.squaresAfter += squaresAfter;
  scan.products += products;
  return squares;
}

function addNotFinite(scan: DifferenceScan, before: number, after: number): void {
  if (Object.is(before, after)) return;
  scan.changed += 1;
  scan.notFinite += 1;
}

function keepMoved(scan: DifferenceScan, moved: RowNorm): void {
  const last = scan.moved[SHOWN - 1];
  if (last !== undefined && last.norm >= moved.norm) return;
  const at = scan.moved.findIndex((each) => each.norm < moved.norm);
  scan.moved.splice(at === -1 ? scan.moved.length : at, 0, moved);
  scan.moved.length = Math.min(scan.moved.length, SHOWN);
}

/** Adds what was gathered from the pairs that follow. */
export function mergeDifference(scan: DifferenceScan, next: DifferenceScan): void {
  scan.changed += next.changed;
  scan.notFinite += next.notFinite;
  scan.squares += next.squares;
  scan.squaresBefore += next.squaresBefore;
  scan.squaresAfter += next.squaresAfter;
  scan.products += next.products;
  if (next.largest !== null && next.largest.change > (scan.largest?.change ?? 0)) scan.largest = next.largest;
  for (let at = 0; at < EXPONENTS; at += 1) {
    scan.rises[at] = (scan.rises[at] ?? 0) + (next.rises[at] ?? 0);
    scan.falls[at] = (scan.falls[at] ?? 0) + (next.falls[at] ?? 0);
  }
  for (const moved of next.moved) keepMoved(scan, moved);
}

/** How the values of a tensor differ between two versions. */
export interface Change {
  readonly changed: number;
  readonly changedShare: number;
  readonly notFinite: number;
  /** ‖b − a‖ / ‖a‖; null where a is zero and b is not, or a sum of squares is past float64. */
  readonly relative: number | null;
  /** null where a side is zero, or a sum of squares is past float64. */
  readonly cosine: number | null;
  readonly largest: { readonly change: number; readonly index: number } | null;
  /** How many values rose and fell by 2^power to 2^(power + 1). */
  readonly histogram: readonly { readonly power: number; readonly rises: number; readonly falls: number }[];
  /** The ten rows that moved farthest; empty for what is no table. */
  readonly movedRows: readonly RowNorm[];
}

export function changeOf(scan: DifferenceScan, values: number, isTable: boolean): Change {
  const { changed, notFinite, squares, squaresBefore, squaresAfter, products, largest, moved } = scan;
  const lengths = Math.sqrt(squaresBefore) * Math.sqrt(squaresAfter);
  const distance = Math.sqrt(squares);
  return {
    changed,
    changedShare: values === 0 ? 0 : changed / values,
    notFinite,
    relative: distance === 0 ? 0 : finiteOrNull(distance / Math.sqrt(squaresBefore)),
    cosine: finiteOrNull(Math.max(-1, Math.min(1, products / lengths))),
    largest,
    histogram: [...scan.rises].flatMap((rises, at) => {
      const falls = scan.falls[at] ?? 0;
      return rises + falls === 0 ? [] : [{ power: at - EXPONENT_BIAS, rises, falls }];
    }),
    movedRows: isTable ? moved : [],
  };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** One tensor in two versions. `change` is null where the values cannot be compared one by one. */
export interface TensorDifference {
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'reshaped' | 'retyped' | 'changed' | 'equal';
  readonly before: Tensor | null;
  readonly after: Tensor | null;
  readonly change: Change | null;
}

/** What changed most comes first: tensors without a counterpart, then by relative change, then by name. */
export function byChange(left: TensorDifference, right: TensorDifference): number {
  const weight = ({ kind, change }: TensorDifference): number =>
    change === null || (change.relative === null && kind !== 'equal')
      ? Number.POSITIVE_INFINITY
      : (change.relative ?? 0);
  const [first, second] = [weight(left), weight(right)];
  if (first !== second) return second - first;
  const equal = Number(left.kind === 'equal') - Number(right.kind === 'equal');
  if (equal !== 0) return equal;
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}
