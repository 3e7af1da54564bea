import type { Measure, Slice, SliceMeasure, SliceTable } from '../../../../shared/domain/replay/report.ts';
import type { ExportTable } from '../../../components/export/table.ts';
import { intervalBy, testBy } from '../exports.ts';
import { alarmOf, tendencyOf, type Tendency } from '../alarm.ts';

/** One measure within one slice: how it reads, and how strongly it is shaded, from 0 to 1. */
export interface HeatCell {
  readonly measure: Measure;
  readonly tendency: Tendency;
  readonly strength: number;
}

export interface HeatRow {
  readonly slice: Slice;
  /** One for each column; null where the slice lacks the measure. */
  readonly cells: readonly (HeatCell | null)[];
}

/** A change of this share of the baseline, or more, is shaded in full. */
const FULL = 0.25;

/** Measures with a better side that stand in a slice: those at one depth, and those without a depth. */
export function columnsAt(measures: readonly Measure[], table: SliceTable, depth: number): Measure[] {
  const held = new Set(table.slices.flatMap(({ measures }) => measures.map(({ id }) => id)));
  return measures.filter(({ id, better }) => {
    const at = /@(\d+)/.exec(id)?.[1];
    return better !== 'neither' && held.has(id) && (at === undefined || Number(at) === depth);
  });
}

export const depthsIn = (measures: readonly Measure[]): number[] =>
  [...new Set(measures.flatMap(({ id }) => /@(\d+)/.exec(id)?.[1] ?? []).map(Number))].toSorted(
    (a, b) => a - b,
  );

/** A row a slice, the one with the most alarming cell first. */
export function heatRows(table: SliceTable, columns: readonly Measure[]): HeatRow[] {
  const rows = table.slices.map((slice) => {
    const own = new Map(slice.measures.map((measure) => [measure.id, measure]));
    return { slice, cells: columns.map((column) => cellOf(column, own.get(column.id))) };
  });
  return rows.toSorted((a, b) => worst(b) - worst(a));
}

/** Columns in pieces of at most so many, each with all rows in the same order. */
export function columnPieces(
  columns: readonly Measure[],
  rows: readonly HeatRow[],
  atOnce: number,
): { readonly columns: readonly Measure[]; readonly rows: readonly HeatRow[] }[] {
  const pieces = [];
  for (let from = 0; from < columns.length; from += atOnce) {
    const to = from + atOnce;
    pieces.push({
      columns: columns.slice(from, to),
      rows: rows.map(({ slice, cells }) => ({ slice, cells: cells.slice(from, to) })),
    });
  }
  return pieces;
}

function cellOf({ title, unit, better }: Measure, own: SliceMeasure | undefined): HeatCell | null {
  if (own === undefined) return null;
  const measure = { ...own, title, unit, better };
  return { measure, tendency: tendencyOf(measure), strength: Math.min(1, Math.abs(alarmOf(measure)) / FULL) };
}

/** Only what is surely worse alarms, and a small slice alarms last. */
function worst({ slice, cells }: HeatRow): number {
  const alarms = cells.flatMap((cell) => (cell?.tendency === 'worse' ? [alarmOf(cell.measure)] : []));
  return Math.max(-1, ...alarms) - (slice.small ? 1e9 : 0);
}

/** Every measure of every slice, whatever is shown. */
export function slicesTable(table: SliceTable, measures: readonly Measure[]): ExportTable {
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  return {
    columns: [
      ...table.by,
      ...['requests in the slice', 'small', 'measure', 'unit', 'baseline', 'candidate', 'difference'],
      ...['difference lower', 'difference upper', 'interval by', 'interval draws'],
      ...['p', 'p by', 'p draws', 'requests'],
    ],
    rows: table.slices.flatMap(({ values, requests, small, measures }) =>
      measures.map((own) => {
        const { id, baseline, candidate, difference, intervals, p } = own;
        const ends = intervals?.difference ?? null;
        const figures = [
          baseline,
          candidate,
          difference,
          ends?.lower ?? null,
          ends?.upper ?? null,
          intervalBy(own),
          intervals?.draws ?? null,
          p ?? null,
          testBy(own),
          own.draws ?? null,
        ];
        const slice = [requests, small ? 'small' : null, id, known.get(id)?.unit ?? null];
        return [...values, ...slice, ...figures, own.requests];
      }),
    ),
  };
}
