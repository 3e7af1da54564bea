import type { ResampleTask } from './inference.ts';

/** Rows of equal length, one a request, as a task that draws requests anew for their levels alone. */
export function levelsTask(
  rows: readonly Float64Array[],
  columns: number,
  { seed, ordinal }: { readonly seed: number; readonly ordinal: number },
): ResampleTask {
  const values = new Float64Array(rows.length * columns);
  for (const [at, row] of rows.entries()) values.set(row, at * columns);
  const chunk = { seed, ordinal, requests: rows.length };
  return {
    levels: { ...chunk, columns, values },
    differences: { ...chunk, columns: 0, values: new Float64Array() },
  };
}
