import type { ResampleTask } from './inference.ts';

/** Rows of equal length, one for each of `marks`, as a task that draws requests anew for their levels alone. */
export function levelsTask(
  rows: readonly Float64Array[],
  columns: number,
  seed: number,
  marks: readonly number[],
): ResampleTask {
  const values = new Float64Array(rows.length * columns);
  for (const [at, row] of rows.entries()) values.set(row, at * columns);
  const chunk = { seed, marks: Float64Array.from(marks) };
  return {
    levels: { ...chunk, columns, values },
    differences: { ...chunk, columns: 0, values: new Float64Array() },
  };
}
