/** A size, a name for what differs from run to run, or `?` for what is not known. */
export type Dimension = number | string;
export type Shape = readonly Dimension[];

export const UNKNOWN = '?';

/** The place of an axis that may be counted from the end; null where there is none such. */
export function axisAt(axis: number, rank: number): number | null {
  const at = axis < 0 ? axis + rank : axis;
  return Number.isInteger(at) && at >= 0 && at < rank ? at : null;
}

/** What two axes that are broadcast together come to; null where they do not fit. */
function broadcastTwo(a: Dimension, b: Dimension): Dimension | null {
  if (a === 1) return b;
  if (b === 1 || a === b) return a;
  if (typeof a === 'number' && typeof b === 'number') return null;
  if (typeof a === 'number') return a;
  return typeof b === 'number' ? b : UNKNOWN;
}

/** Shapes broadcast as numpy does; null where they do not fit. */
export function broadcast(shapes: readonly Shape[]): Shape | null {
  const rank = Math.max(0, ...shapes.map(({ length }) => length));
  const result: Dimension[] = [];
  for (let axis = 0; axis < rank; axis += 1) {
    let size: Dimension | null = 1;
    for (const shape of shapes) {
      const own: Dimension = shape[axis - rank + shape.length] ?? 1;
      size = size === null ? null : broadcastTwo(size, own);
    }
    if (size === null) return null;
    result.push(size);
  }
  return result;
}

/** What two axes that must be alike are: the more that is known of the two. */
export function alike(a: Dimension, b: Dimension): Dimension {
  if (typeof a === 'number' || b === UNKNOWN) return a;
  return typeof b === 'number' || a === UNKNOWN ? b : a;
}

export const sumOf = (sizes: readonly Dimension[]): Dimension => {
  const total = sizes.reduce<number>((sum, size) => sum + Number(size), 0);
  return sizes.length === 1 ? (sizes[0] ?? UNKNOWN) : Number.isSafeInteger(total) ? total : UNKNOWN;
};

/** A product of sizes: a number times names. */
interface Product {
  readonly count: number;
  readonly names: readonly string[];
}

const TIMES = '·';

/** `4·N` is four times N. Null where something is not known. */
function productOf(sizes: Shape): Product | null {
  let count = 1;
  const names: string[] = [];
  for (const size of sizes) {
    if (size === UNKNOWN) return null;
    if (typeof size === 'number') count *= size;
    else
      for (const part of size.split(TIMES))
        if (/^\d+$/.test(part)) count *= Number(part);
        else names.push(part);
  }
  return Number.isSafeInteger(count) ? { count, names } : null;
}

function sizeOf({ count, names }: Product): Dimension {
  if (names.length === 0 || count === 0) return count;
  return [...(count === 1 ? [] : [String(count)]), ...names.toSorted()].join(TIMES);
}

/** Several axes made one. */
export function flattened(sizes: Shape): Dimension {
  const product = productOf(sizes);
  return product === null ? UNKNOWN : sizeOf(product);
}

/** What one axis must be for the axes `rest` beside it to hold as much as `whole`. */
export function remainder(whole: Shape, rest: Shape): Dimension {
  const [all, part] = [productOf(whole), productOf(rest)];
  if (all === null || part === null || part.count === 0) return UNKNOWN;
  const names = [...all.names];
  for (const name of part.names) {
    const at = names.indexOf(name);
    if (at === -1) return UNKNOWN;
    names.splice(at, 1);
  }
  const count = all.count / part.count;
  return Number.isInteger(count) ? sizeOf({ count, names }) : UNKNOWN;
}
