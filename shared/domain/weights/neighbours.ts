import type { Values } from './tensor.ts';

export interface Neighbour {
  readonly row: number;
  readonly cosine: number;
}

/** Rows are compared with one of them: `query` holds its values, `row` is its number. */
export interface NeighbourQuery {
  readonly row: number;
  readonly values: Float64Array;
  readonly count: number;
}

/** Adds whole rows, the first of them number `first`, to the nearest by cosine. Rows of zeros or NaN have none. */
export function scanNeighbours(
  nearest: Neighbour[],
  values: Values,
  first: number,
  query: NeighbourQuery,
): void {
  const columns = query.values.length;
  const products = new Float64Array((values.length / columns) * 2);
  for (let from = 0, place = 0; from < values.length; from += columns, place += 2) {
    let [product, squares] = [0, 0];
    for (let at = 0; at < columns; at += 1) {
      const value = values[from + at] ?? 0;
      product += value * (query.values[at] ?? 0);
      squares += value * value;
    }
    products[place] = product;
    products[place + 1] = squares;
  }
  addProducts(nearest, products, first, query);
}

/** Adds rows by their products with the query and their sums of squares, given in turns. */
export function addProducts(
  nearest: Neighbour[],
  products: Float64Array,
  first: number,
  { row: own, values, count }: NeighbourQuery,
): void {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  let least = nearest[count - 1]?.cosine ?? Number.NEGATIVE_INFINITY;
  for (let at = 0; at < products.length; at += 2) {
    const cosine = (products[at] ?? 0) / (Math.sqrt(products[at + 1] ?? 0) * length);
    const row = first + at / 2;
    if (!(cosine > least) || row === own) continue; // NaN is above nothing
    keepNearest(nearest, { row, cosine }, count);
    least = nearest[count - 1]?.cosine ?? Number.NEGATIVE_INFINITY;
  }
}

/** Keeps the `count` nearest, the nearest first; of two as near the row that comes first. */
export function keepNearest(nearest: Neighbour[], neighbour: Neighbour, count: number): void {
  const last = nearest[count - 1];
  if (last !== undefined && last.cosine >= neighbour.cosine) return;
  const at = nearest.findIndex(({ cosine }) => cosine < neighbour.cosine);
  nearest.splice(at === -1 ? nearest.length : at, 0, neighbour);
  nearest.length = Math.min(nearest.length, count);
}

/** The share of the nearest rows that two versions have in common; null where neither has any. */
export function neighbourOverlap(before: readonly Neighbour[], after: readonly Neighbour[]): number | null {
  const rows = new Set(before.map(({ row }) => row));
  const most = Math.max(before.length, after.length);
  return most === 0 ? null : after.filter(({ row }) => rows.has(row)).length / most;
}
