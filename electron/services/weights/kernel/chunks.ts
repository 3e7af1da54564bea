import { CHUNK } from './kernel.ts';

/** Rows that the loops take at once: whole ones, or a piece of one that is longer than a chunk. */
export interface Chunk {
  /** The first value. */
  readonly from: number;
  readonly rows: number;
  /** Values of a row, or of the piece. */
  readonly width: number;
  /** The first row. */
  readonly row: number;
}

/** Cuts `length` values, whole rows of `columns`, into chunks in their order. */
export function eachChunk(length: number, columns: number, visit: (chunk: Chunk) => void): void {
  if (columns <= CHUNK) {
    const rowsEach = Math.floor(CHUNK / columns);
    for (let from = 0; from < length; from += rowsEach * columns)
      visit({
        from,
        rows: Math.min(rowsEach, (length - from) / columns),
        width: columns,
        row: from / columns,
      });
    return;
  }
  for (let start = 0; start < length; start += columns)
    for (let from = start; from < start + columns; from += CHUNK)
      visit({ from, rows: 1, width: Math.min(CHUNK, start + columns - from), row: start / columns });
}
