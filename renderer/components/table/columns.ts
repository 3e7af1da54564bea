import { createColumnHelper, rowSortingFeature, tableFeatures, type ColumnDef } from '@tanstack/react-table';
import css from './DataTable.module.css';

interface ColumnLook {
  /** A CSS grid track, for example `120px` or `minmax(160px, 1fr)`. */
  width: string;
  right?: boolean;
  /** What the heading means, on hover. */
  hint?: string;
}

const columnMeta: ColumnLook = { width: '' };
export const features = tableFeatures({ rowSortingFeature, columnMeta });
export type Features = typeof features;

export type Column<Row extends object> = ColumnDef<Features, Row>;
export const columnsOf = <Row extends object>() => createColumnHelper<Features, Row>();

const LEAST_TRACK = 80;
const CHOICE_TRACK = '40px';

/** The grid's tracks, and the width below which the table scrolls sideways: the least width of each track together. */
export function tracksOf<Row extends object>(
  columns: readonly Column<Row>[],
  chooses: boolean,
): { readonly tracks: string; readonly minWidth: number } {
  const widths = columns.map((column) => column.meta?.width ?? `minmax(${LEAST_TRACK}px, 1fr)`);
  const tracks = chooses ? [CHOICE_TRACK, ...widths] : widths;
  return {
    tracks: tracks.join(' '),
    minWidth: tracks.reduce((sum, track) => sum + Number(/\d+(?=px)/.exec(track)?.[0] ?? LEAST_TRACK), 0),
  };
}

export const cellClass = (look: ColumnLook | undefined): string =>
  `${css['cell']} ${look?.right === true ? css['right'] : ''}`;
