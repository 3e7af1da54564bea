import { memo, type ReactNode } from 'react';
import { ChooseRow } from './ChooseRow.tsx';
import css from './DataTable.module.css';

interface Shown {
  readonly id: string;
  /** From 0, without the heading. */
  readonly index: number;
  /** Pixels from the top of the body. */
  readonly start: number;
  readonly tracks: string;
  readonly active: boolean;
  readonly opens: boolean;
  /** undefined where rows cannot be chosen. */
  readonly chosen: boolean | undefined;
  /** Why this one cannot be chosen. */
  readonly barred: string | null;
  /** What the cells show; undefined while it is on the way. */
  readonly row: object | undefined;
  /** How they show it. */
  readonly columns: object;
  /** Draws the cells of `row` in `columns`, so that a new function alone draws nothing anew. */
  readonly cells: () => ReactNode;
}

/** A row of a long table, drawn anew only when it shows something else: at every step of scrolling most rows stay. */
export const TableRow = memo(
  ({ id, index, start, tracks, active, opens, chosen, barred, cells }: Shown) => (
    <div
      id={id}
      data-row={index}
      className={css['row']}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen ?? active}
      data-chosen={chosen === true ? '' : undefined}
      data-active={active ? '' : undefined}
      data-opens={opens ? '' : undefined}
      style={{ gridTemplateColumns: tracks, transform: `translateY(${start}px)` }}
    >
      {chosen !== undefined && <ChooseRow {...{ index, chosen, barred }} />}
      {cells()}
    </div>
  ),
  (before, now) =>
    before.row === now.row &&
    before.columns === now.columns &&
    before.active === now.active &&
    before.opens === now.opens &&
    before.chosen === now.chosen &&
    before.barred === now.barred &&
    before.tracks === now.tracks &&
    before.start === now.start &&
    before.index === now.index &&
    before.id === now.id,
);
