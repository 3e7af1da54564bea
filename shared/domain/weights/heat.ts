import { z } from 'zod';

/** What a cell that stands for several values shows. */
export const HEAT_RULES = ['farthest', 'mean'] as const;
export type HeatRule = (typeof HEAT_RULES)[number];

/** A slice as a grid of cells, each for `rowsEach` × `columnsEach` values; those at the far edges may stand for fewer. */
export const HeatMap = z.object({
  rows: z.int(),
  columns: z.int(),
  rowsEach: z.int(),
  columnsEach: z.int(),
  cellRows: z.int(),
  cellColumns: z.int(),
  /** Row by row: of the finite values of a cell the one farthest from zero, or their mean; null where there is none. */
  cells: z.array(z.number().nullable()),
  /** Cells that hold a NaN or an infinity, by number. */
  notFinite: z.array(z.int()),
});
export type HeatMap = z.infer<typeof HeatMap>;

/** Gathers rows of values into the cells of a heat map. */
export class HeatGrid {
  readonly #rule: HeatRule;
  readonly #rows: number;
  readonly #columns: number;
  readonly #rowsEach: number;
  readonly #columnsEach: number;
  readonly #cellRows: number;
  readonly #cellColumns: number;
  readonly #sums: Float64Array;
  readonly #counts: Float64Array;
  readonly #notFinite = new Set<number>();

  /** A grid of at most `most` cells for `rows` × `columns` values. */
  constructor(rows: number, columns: number, most: { rows: number; columns: number }, rule: HeatRule) {
    this.#rule = rule;
    this.#rows = rows;
    this.#columns = columns;
    this.#rowsEach = Math.max(1, Math.ceil(rows / most.rows));
    this.#columnsEach = Math.max(1, Math.ceil(columns / most.columns));
    this.#cellRows = Math.ceil(rows / this.#rowsEach);
    this.#cellColumns = Math.ceil(columns / this.#columnsEach);
    this.#sums = new Float64Array(this.#cellRows * this.#cellColumns);
    this.#counts = new Float64Array(this.#sums.length);
  }

  /** Adds values in the order of the slice, the first of them number `first`. */
  add(values: Float64Array, first: number): void {
    let row = Math.floor(first / this.#columns);
    let column = first - row * this.#columns;
    for (const value of values) {
      const cell =
        Math.floor(row / this.#rowsEach) * this.#cellColumns + Math.floor(column / this.#columnsEach);
      if (Number.isFinite(value)) this.#put(cell, value);
      else this.#notFinite.add(cell);
      column += 1;
      if (column < this.#columns) continue;
      column = 0;
      row += 1;
    }
  }

  map(): HeatMap {
    return {
      rows: this.#rows,
      columns: this.#columns,
      rowsEach: this.#rowsEach,
      columnsEach: this.#columnsEach,
      cellRows: this.#cellRows,
      cellColumns: this.#cellColumns,
      cells: Array.from(this.#sums, (sum, cell) => this.#shown(sum, this.#counts[cell] ?? 0)),
      notFinite: [...this.#notFinite].toSorted((left, right) => left - right),
    };
  }

  #put(cell: number, value: number): void {
    const known = this.#sums[cell] ?? 0;
    if (this.#rule === 'mean') this.#sums[cell] = known + value;
    else if (Math.abs(value) > Math.abs(known)) this.#sums[cell] = value;
    this.#counts[cell] = (this.#counts[cell] ?? 0) + 1;
  }

  #shown(sum: number, count: number): number | null {
    if (count === 0) return null;
    const value = this.#rule === 'mean' ? sum / count : sum;
    return Number.isFinite(value) ? value : null;
  }
}
