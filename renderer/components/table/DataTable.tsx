import {
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type SortingState,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { ErrorState } from '../ErrorState.tsx';
import { formatCount, plural } from '../number.ts';
import { Skeletons } from '../Skeletons.tsx';
import css from './DataTable.module.css';
import type { Rows } from './pages.ts';
import { TableRow } from './TableRow.tsx';

interface ColumnLook {
  /** A CSS grid track, for example `120px` or `minmax(160px, 1fr)`. */
  width: string;
  right?: boolean;
  /** What the heading means, on hover. */
  hint?: string;
}

const columnMeta: ColumnLook = { width: '' };
const features = tableFeatures({ rowSortingFeature, columnMeta });
type Features = typeof features;

export type Column<Row extends object> = ColumnDef<Features, Row>;
export const columnsOf = <Row extends object>() => createColumnHelper<Features, Row>();

const ROW_HEIGHT = 36;
const LEAST_TRACK = 80;

/** The width below which a table scrolls sideways: the least width of each track together. */
const leastWidth = (tracks: readonly string[]): number =>
  tracks.reduce((sum, track) => sum + Number(/\d+(?=px)/.exec(track)?.[0] ?? LEAST_TRACK), 0);

const cellClass = (look: ColumnLook | undefined): string =>
  `${css['cell']} ${look?.right === true ? css['right'] : ''}`;

export interface Sort {
  id: string;
  desc: boolean;
}

/**
 * A table of any length: only the rows in sight exist. Arrow keys, Page Up and Down, Home and End move, Enter opens.
 * `columns` must be stable; sorting belongs to whoever gives the rows.
 */
export function DataTable<Row extends object>({
  label,
  noun,
  nouns = `${noun}s`,
  columns,
  rows,
  rowId,
  sort,
  onSort,
  onOpen,
  empty,
}: {
  label: string;
  /** What one row is, for the count below. */
  noun: string;
  nouns?: string;
  columns: readonly Column<Row>[];
  rows: Rows<Row>;
  rowId: (row: Row) => string;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
  onOpen?: (row: Row, index: number) => void;
  empty: ReactNode;
}) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const total = rows.total ?? 0;
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    scrollPaddingStart: 33,
    overscan: 4,
  });
  const inSight = virtualizer.getVirtualItems();
  const first = inSight[0]?.index ?? 0;
  const last = inSight.at(-1)?.index ?? 0;
  const { show } = rows;
  useEffect(() => show(first, last), [show, first, last]);

  const known = inSight.flatMap(({ index }) => {
    const row = rows.rowAt(index);
    return row === undefined ? [] : [row];
  });
  const sorting = useMemo<SortingState>(() => (sort === null ? [] : [sort]), [sort]);
  const table = useTable<Features, Row>({
    features,
    columns,
    data: known,
    getRowId: rowId,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting },
    onSortingChange: (update) => {
      const next = (typeof update === 'function' ? update(sorting) : update)[0];
      if (next !== undefined) onSort({ id: next.id, desc: next.desc });
    },
  });
  const widths = columns.map((column) => column.meta?.width ?? `minmax(${LEAST_TRACK}px, 1fr)`);
  const [tracks, minWidth] = [widths.join(' '), leastWidth(widths)];
  const tableRows = new Map(table.getRowModel().rows.map((row) => [row.original, row]));

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const target = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      j: active + 1,
      k: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: total - 1,
    }[event.key];
    if (event.target !== scroller.current || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target !== undefined && total > 0) {
      event.preventDefault();
      const next = Math.min(total - 1, Math.max(0, target));
      setActive(next);
      virtualizer.scrollToIndex(next);
    } else if (event.key === 'Enter') {
      const row = rows.rowAt(active);
      if (row !== undefined) onOpen?.(row, active);
    }
  };

  const onClick = ({ target }: MouseEvent) => {
    const place =
      target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined;
    if (place === undefined) return;
    const row = rows.rowAt(Number(place));
    setActive(Number(place));
    if (row !== undefined) onOpen?.(row, Number(place));
  };

  if (rows.error !== null) return <ErrorState error={rows.error} retry={() => rows.retry()} />;
  return (
    <div className={css['frame']}>
      <div
        ref={scroller}
        className={css['scroller']}
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-busy={rows.total === undefined}
        aria-activedescendant={total > 0 && active >= first && active <= last ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        {table.getHeaderGroups().map((group) => (
          <div
            key={group.id}
            className={css['head']}
            role="row"
            aria-rowindex={1}
            style={{ gridTemplateColumns: tracks, minWidth }}
          >
            {group.headers.map((header) => {
              const meta = header.column.columnDef.meta;
              const sorted = header.column.getIsSorted();
              const title = <table.FlexRender header={header} />;
              return (
                <div
                  key={header.id}
                  role="columnheader"
                  className={`${css['headCell']} ${meta?.right === true ? css['right'] : ''}`}
                  title={meta?.hint}
                  aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
                >
                  {header.column.getCanSort() ? (
                    <button
                      type="button"
                      className={css['sort']}
                      data-sorted={sorted === false ? undefined : sorted}
                      onClick={header.column.getToggleSortingHandler()}
                    >
                      {title}
                      <span className={css['arrow']} aria-hidden="true">
                        {sorted === 'asc' ? '↑' : sorted === 'desc' ? '↓' : ''}
                      </span>
                    </button>
                  ) : (
                    title
                  )}
                </div>
              );
            })}
          </div>
        ))}
        {rows.total === undefined && (
          <div role="row" style={{ padding: '0 10px' }}>
            <div role="cell">
              <Skeletons rows={8} height={12} />
            </div>
          </div>
        )}
        {rows.total === 0 && (
          <div role="row">
            <div role="cell" className={css['empty']}>
              {empty}
            </div>
          </div>
        )}
        <div className={css['body']} role="rowgroup" style={{ height: virtualizer.getTotalSize(), minWidth }}>
          {inSight.map(({ index, start }) => {
            const row = rows.rowAt(index);
            const tableRow = row === undefined ? undefined : tableRows.get(row);
            return (
              <TableRow
                key={index}
                id={`${id}-${index}`}
                index={index}
                start={start}
                tracks={tracks}
                active={index === active}
                opens={onOpen !== undefined}
                row={row}
                columns={columns}
                cells={() =>
                  tableRow === undefined
                    ? table.getAllLeafColumns().map((column) => (
                        <div key={column.id} role="cell" className={css['cell']}>
                          <span className={css['pending']} />
                        </div>
                      ))
                    : tableRow.getAllCells().map((cell) => (
                        <div key={cell.id} role="cell" className={cellClass(cell.column.columnDef.meta)}>
                          <table.FlexRender cell={cell} />
                        </div>
                      ))
                }
              />
            );
          })}
        </div>
      </div>
      {total > 0 && (
        <div className={css['foot']} aria-live="polite">
          {plural(total, noun, nouns)}
          {total > 1 && ` · row ${formatCount(Math.min(active, total - 1) + 1)}`}
        </div>
      )}
    </div>
  );
}
