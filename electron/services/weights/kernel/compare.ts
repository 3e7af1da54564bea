import {
  addPairSums,
  keepMovedRow,
  scanDifference,
  type DifferenceScan,
} from '../../../../shared/domain/weights/difference.ts';
import { eachChunk } from './chunks.ts';
import { threadKernel } from './kernel.ts';

/** Adds pairs of values that lie in the kernel's slots, the first of them number `index`, as rows of `columns`. */
export function compareByKernel(
  scan: DifferenceScan,
  before: Float32Array<ArrayBuffer>,
  after: Float32Array<ArrayBuffer>,
  index: number,
  columns: number,
): void {
  const kernel = threadKernel();
  const squares = new Float64Array(before.length / columns);
  eachChunk(before.length, columns, ({ from, rows, width, row }) => {
    const count = rows * width;
    const sums = kernel.compareRows(before, after, from, rows, width);
    const [a, b] = [before.subarray(from, from + count), after.subarray(from, from + count)];
    if (Number.isFinite(sums.squaresBefore) && Number.isFinite(sums.squaresAfter)) {
      addPairSums(scan, a, b, index + from, sums);
      kernel.countChanges(before, after, from, count);
      for (let at = 0; at < rows; at += 1)
        squares[row + at] = (squares[row + at] ?? 0) + (kernel.rowSquares[at] ?? 0);
    } else {
      // a NaN or an infinity among them
      const careful = scanDifference(scan, a, b, index + from, width);
      for (const [at, sum] of careful.entries()) squares[row + at] = (squares[row + at] ?? 0) + sum;
    }
  });
  for (const [at, sum] of squares.entries()) keepMovedRow(scan, index / columns + at, sum);
}
