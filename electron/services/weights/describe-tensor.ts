import {
  binEdges,
  binOf,
  BINS,
  histogramOf,
  type Histogram,
} from '../../../shared/domain/weights/histogram.ts';
import { digitsInOrder, valueOfDigits } from '../../../shared/domain/weights/key.ts';
import {
  firstDigitsOf,
  nextDigitOf,
  prefixOf,
  quantileRanks,
  quantilesAt,
  sharedDigits,
  type Refined,
  type Refinement,
} from '../../../shared/domain/weights/quantiles.ts';
import { rowStatistics } from '../../../shared/domain/weights/row-norms.ts';
import { tensorStatistics, type TensorStatistics } from '../../../shared/domain/weights/statistics.ts';
import { tableShape } from '../../../shared/domain/weights/tensor.ts';
import { valueCount, type StoredTensor } from './stored-tensor.ts';
import { finiteValues, refineSpan, scanSpan, type Scanned } from './walk-tensor.ts';

const SORTED_AT_ONCE = 65_536;

/** How the values of a tensor are walked over: by this thread or by many. */
export interface Walks {
  /** `ordered`: whether first digits are counted too, which quantiles and histogram need. */
  scan(ordered: boolean): Promise<Scanned>;
  refine(refinement: Refinement): Promise<Refined>;
}

const NO_ORDER: Order = { quantiles: [], histogram: null };

interface Order {
  readonly quantiles: readonly number[];
  readonly histogram: Histogram | null;
}

/** A tensor's statistics: one walk for the sums, then one for each further key digit that quantiles need. */
export async function describeTensor(
  tensor: StoredTensor,
  walks: Walks,
  ordered = true,
): Promise<TensorStatistics> {
  const scanned = await walks.scan(ordered);
  return finish(tensor, scanned, ordered ? await orderByWalks(scanned, walks) : NO_ORDER);
}

/** The same on this thread. */
export function describeHere(tensor: StoredTensor, ordered = true): Promise<TensorStatistics> {
  const whole = { tensor, from: 0, to: valueCount(tensor) };
  if (ordered && whole.to <= SORTED_AT_ONCE) {
    const scanned = scanSpan(whole, false);
    return Promise.resolve(finish(tensor, scanned, orderBySorting(scanned, finiteValues(whole).toSorted())));
  }
  const walks: Walks = {
    scan: async (ordered) => scanSpan(whole, ordered),
    refine: async (refinement) => refineSpan(whole, refinement),
  };
  return describeTensor(tensor, walks, ordered);
}

function finish(tensor: StoredTensor, { scan, rows }: Scanned, order: Order): TensorStatistics {
  const values = valueCount(tensor);
  const table = tableShape(tensor.shape, values);
  const rowsFound = rows === null || table === null ? null : rowStatistics(rows, table);
  return tensorStatistics(tensor, values, scan, order, rowsFound);
}

function orderBySorting({ scan: { min, max } }: Scanned, sorted: Float64Array): Order {
  const edges = sorted.length === 0 ? null : binEdges(min, max);
  const bins = new Float64Array(BINS);
  if (edges !== null)
    for (const value of sorted) {
      const bin = binOf(edges, value);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
  const valueAt = new Map(quantileRanks(sorted.length).map((rank) => [rank, sorted[rank] ?? Number.NaN]));
  return {
    quantiles: quantilesAt(sorted.length, valueAt),
    histogram: edges === null ? null : histogramOf(edges, bins),
  };
}

async function orderByWalks({ scan, digits, buckets }: Scanned, walks: Walks): Promise<Order> {
  const { count } = scan.moments;
  if (count === 0 || buckets === null) return NO_ORDER;
  const edges = binEdges(scan.min, scan.max);
  const ranks = quantileRanks(count);
  let searches = firstDigitsOf(ranks, buckets, digits);
  let histogram: Histogram | null = null;
  for (let known = 1; known < digits; known += 1) {
    const prefixes = [...new Set(searches.map((search) => prefixOf(search.digits)))];
    const refined = await walks.refine({ known, prefixes, edges: known === 1 ? edges : null });
    if (known === 1 && edges !== null)
      histogram = histogramOf(edges, binsOf(buckets, edges, refined, digits));
    searches = searches.map((search) => {
      const counts = refined.counts[prefixes.indexOf(prefixOf(search.digits))];
      if (counts === undefined) throw new RangeError('a prefix was not counted');
      return nextDigitOf(search, counts);
    });
  }
  const valueAt = new Map(searches.map((search, at) => [ranks[at] ?? 0, valueOfDigits(search.digits)]));
  return { quantiles: quantilesAt(count, valueAt), histogram };
}

/** Adds to the bins the first digits that lie in one bin whole. */
function binsOf(buckets: Uint32Array, edges: Float64Array, { bins }: Refined, digits: 2 | 4): Float64Array {
  const shared = sharedDigits(edges, digits);
  for (const digit of digitsInOrder(digits)) {
    const count = buckets[digit] ?? 0;
    if (count === 0 || shared.has(digit)) continue;
    const bin = binOf(edges, valueOfDigits([digit, ...Array<number>(digits - 1).fill(0)]));
    bins[bin] = (bins[bin] ?? 0) + count;
  }
  return bins;
}
