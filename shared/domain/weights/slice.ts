import { badInput } from '../error.ts';

/** One axis of a slice: `[from, to)`; an axis that is not kept has one place and drops out of the shape, as numpy's. */
export interface SliceAxis {
  readonly from: number;
  readonly to: number;
  readonly kept: boolean;
}

/** A part of a tensor, one entry for each of its axes. */
export type Slice = readonly SliceAxis[];

export const wholeSlice = (shape: readonly number[]): Slice =>
  shape.map((size) => ({ from: 0, to: size, kept: true }));

/**
 * Reads numpy's notation without steps: "3, :, 10:20, -1". Axes left out, and those under "...", are taken whole; ""
 * is the whole tensor. Throws a sentence that names the axis.
 */
export function parseSlice(text: string, shape: readonly number[]): Slice {
  const parts = text.trim() === '' ? [] : text.split(',').map((part) => part.trim());
  const gap = parts.indexOf('...');
  const given = parts.length - (gap === -1 ? 0 : 1);
  if (given > shape.length)
    throw badInput(
      `The slice "${text}" names ${given} axes, the tensor has ${shape.length}; give one part for each axis`,
    );
  const fill = Array<string>(shape.length - given).fill(':');
  const axes = gap === -1 ? [...parts, ...fill] : [...parts.slice(0, gap), ...fill, ...parts.slice(gap + 1)];
  return shape.map((size, axis) => parseAxis(axes[axis] ?? ':', axis, size));
}

function parseAxis(part: string, axis: number, size: number): SliceAxis {
  const place = (digits: string): number => (digits.startsWith('-') ? size + Number(digits) : Number(digits));
  const range = /^(-?\d{1,15})?\s*:\s*(-?\d{1,15})?$/.exec(part);
  if (range !== null) {
    const from = Math.min(size, Math.max(0, range[1] === undefined ? 0 : place(range[1])));
    const to = Math.min(size, Math.max(from, range[2] === undefined ? size : place(range[2])));
    return { from, to, kept: true };
  }
  if (!/^-?\d{1,15}$/.test(part))
    throw badInput(
      `"${part}" is no part of a slice for axis ${axis}; write an index such as 3, a range such as 0:20, or : for all of it`,
    );
  const from = place(part);
  if (from < 0 || from >= size)
    throw badInput(
      `Index ${part} lies outside axis ${axis}, whose ${size} places are numbered from 0; choose one of them`,
    );
  return { from, to: from + 1, kept: false };
}

/** "3, :, 10:20": what `parseSlice` reads back. */
export const sliceText = (slice: Slice, shape: readonly number[]): string =>
  slice
    .map(({ from, to, kept }, axis) =>
      kept ? (from === 0 && to === shape[axis] ? ':' : `${from}:${to}`) : String(from),
    )
    .join(', ');

/** The shape of what a slice takes. */
export const sliceShape = (slice: Slice): number[] =>
  slice.filter(({ kept }) => kept).map(({ from, to }) => to - from);

export const sliceCount = (slice: Slice): number =>
  slice.reduce((product, { from, to }) => product * (to - from), 1);

/** Elements that lie together in the flat tensor. */
export interface Run {
  readonly from: number;
  readonly count: number;
}

/** The elements `[from, from + count)` of a slice as runs of the flat tensor, in order. */
export function* runsOf(slice: Slice, shape: readonly number[], from: number, count: number): Generator<Run> {
  const { outer, inner, stride, start } = layoutOf(slice, shape);
  const end = Math.min(from + count, sliceCount(slice));
  for (let at = from; at < end;) {
    const run = Math.floor(at / inner);
    const within = at - run * inner;
    const length = Math.min(inner - within, end - at);
    yield { from: start + offsetOf(run, outer, stride) + within, count: length };
    at += length;
  }
}

interface Layout {
  readonly outer: readonly SliceAxis[];
  readonly stride: readonly number[];
  /** Elements of a run. */
  readonly inner: number;
  readonly start: number;
}

/** The last axis that is not taken whole, and all behind it, make runs. */
function layoutOf(slice: Slice, shape: readonly number[]): Layout {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const partial = slice.findLastIndex(({ from, to }, axis) => from !== 0 || to !== shape[axis]);
  const cut = Math.max(0, partial);
  const start = slice.reduce((sum, { from }, axis) => sum + from * (strides[axis] ?? 0), 0);
  const inner = sliceCount(slice.slice(cut));
  return { outer: slice.slice(0, cut), stride: strides.slice(0, cut), inner, start };
}

function offsetOf(run: number, outer: readonly SliceAxis[], stride: readonly number[]): number {
  let left = run;
  let offset = 0;
  for (let axis = outer.length - 1; axis >= 0; axis -= 1) {
    const { from, to } = outer[axis] ?? { from: 0, to: 1 };
    offset += (left % (to - from)) * (stride[axis] ?? 0);
    left = Math.floor(left / (to - from));
  }
  return offset;
}

/** A slice seen as a table: its last kept axis runs along the rows, all kept axes before it count them. */
export interface SliceTable {
  readonly rows: number;
  readonly columns: number;
}

export function sliceTable(slice: Slice): SliceTable {
  const shape = sliceShape(slice);
  const columns = shape.at(-1) ?? 1;
  return { rows: shape.slice(0, -1).reduce((product, size) => product * size, 1), columns };
}

/** A slice as lines: one for each row of its table, or one for each element where rows would be longer than `widest`. */
export interface SliceLines extends SliceTable {
  /** Axes of the tensor that say where a line stands. */
  readonly axes: readonly number[];
  /** Where a line stands on these axes, in the tensor's own numbers. */
  placeOf(row: number): number[];
}

export function sliceLines(slice: Slice, widest: number): SliceLines {
  const { rows, columns } = sliceTable(slice);
  const kept = slice.flatMap(({ kept }, axis) => (kept ? [axis] : []));
  const single = kept.length < 2 || columns > widest;
  const axes = single ? kept : kept.slice(0, -1);
  const placeOf = (row: number): number[] => {
    let left = row;
    const place: number[] = [];
    for (const axis of axes.toReversed()) {
      const { from, to } = slice[axis] ?? { from: 0, to: 1 };
      place.unshift(from + (left % (to - from)));
      left = Math.floor(left / (to - from));
    }
    return place;
  };
  return single ? { rows: rows * columns, columns: 1, axes, placeOf } : { rows, columns, axes, placeOf };
}
