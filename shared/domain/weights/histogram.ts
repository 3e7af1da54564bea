export const BINS = 64;

/** Equally wide bins between the least and the greatest finite value; the last one includes its end, as numpy's. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** The limits of the bins, one more than there are bins; null where their distance is past float64. */
export function binEdges(min: number, max: number): Float64Array | null {
  const [from, to] = min === max ? [min - 0.5, max + 0.5] : [min, max];
  const width = (to - from) / BINS;
  if (!Number.isFinite(width) || width === 0) return null;
  const edges = Float64Array.from({ length: BINS + 1 }, (_, bin) => from + bin * width);
  edges[BINS] = to;
  return edges;
}

/** The bin of a value within the edges: the last one that does not start above it. */
export function binOf(edges: Float64Array, value: number): number {
  const from = edges[0] ?? 0;
  const span = (edges[BINS] ?? 0) - from;
  let bin = Math.min(BINS - 1, Math.max(0, Math.floor(((value - from) / span) * BINS)));
  while (bin > 0 && value < (edges[bin] ?? 0)) bin -= 1;
  while (bin < BINS - 1 && value >= (edges[bin + 1] ?? 0)) bin += 1;
  return bin;
}

/** The bins filled: `counts` has one number for each. */
export const histogramOf = (edges: Float64Array, counts: ArrayLike<number>): Histogram => ({
  from: edges[0] ?? 0,
  to: edges[BINS] ?? 0,
  counts: Array.from(counts),
});
