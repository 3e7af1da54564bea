/** Means and standard deviations of feature columns. */
export interface Standardisation {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** Of the rows given, one Float32Array each; a column that never varies gets deviation 1. */
export function measureColumns(rows: readonly Float32Array[]): Standardisation {
  const columns = rows[0]?.length ?? 0;
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (const row of rows) row.forEach((value, at) => (means[at] = (means[at] ?? 0) + value / rows.length));
  for (const row of rows) {
    row.forEach(
      (value, at) => (squares[at] = (squares[at] ?? 0) + (value - (means[at] ?? 0)) ** 2 / rows.length),
    );
  }
  return { means, deviations: squares.map((square) => Math.sqrt(square) || 1) };
}

/** (value − mean) / deviation for each column; columns outside `used` become 0, so that a network learns nothing from them. */
export function standardise(
  row: Float32Array,
  { means, deviations }: Standardisation,
  used: readonly boolean[],
): Float64Array {
  return Float64Array.from(row, (value, at) =>
    used[at] ? (value - (means[at] ?? 0)) / (deviations[at] ?? 1) : 0,
  );
}
