import type { Dtype } from './dtype.ts';

/** A tensor as its file lists it. */
export interface Tensor {
  readonly name: string;
  readonly dtype: Dtype;
  /** [] is a scalar. */
  readonly shape: readonly number[];
  readonly elements: number;
  /** What it takes in its file. */
  readonly bytes: number;
}

/** Values of a tensor. Every type becomes one of the two: 64 and 32 bit integers float64, smaller types float32. */
export type Values = Float32Array | Float64Array;

const LONGEST_ROW = 1_048_576;

/** A tensor as a table: one row for each index of the first axis. */
export interface TableShape {
  readonly rows: number;
  /** Values of a row, the parts of complex numbers counted one by one. */
  readonly columns: number;
}

/** Null for what is judged as a whole: fewer than two axes or rows, or rows above 1,048,576 values. */
export function tableShape(shape: readonly number[], values: number): TableShape | null {
  const [rows = 0] = shape;
  if (shape.length < 2 || rows < 2 || values === 0) return null;
  const columns = values / rows;
  return columns > LONGEST_ROW ? null : { rows, columns };
}
