/** Writes rows one after another into `whole`, which is as long as all of them together, and answers it. */
export function joined<Numbers extends Float32Array | Float64Array>(
  rows: readonly Numbers[],
  whole: Numbers,
): Numbers {
  let at = 0;
  for (const row of rows) {
    whole.set(row, at);
    at += row.length;
  }
  return whole;
}
