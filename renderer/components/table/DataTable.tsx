import { useTable, type SortingState } from '@tanstack/react-table';
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
import { useChoice, type RowChoice } from './choice.ts';
import { ChooseAll } from './ChooseRow.tsx';
import { cellClass, features, tracksOf, type Column, type Features } from './columns.ts';
import css from './DataTable.module.css';
import type { Rows } from './pages.ts';
import { TableHead } from './TableHead.tsx';
import { TableRow } from './TableRow.tsx';

export { columnsOf, type Column } from './columns.ts';

const ROW_HEIGHT = 36;

export interface Sort {
  id: string;
  desc: boolean;
}

/**
 * A table of any length: only the rows in sight exist. Arrow keys, Page Up and Down, Home and End move, Enter opens.
 * Where rows can be chosen Space chooses, Shift makes it a range, Ctrl-A takes all, Escape none. `columns` must be stable; sorting belongs to whoever gives the rows.
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
  choice,
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
  /** Where rows can be chosen. */
  choice?: RowChoice<Row>;
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
  const { tracks, minWidth } = tracksOf(columns, choice !== undefined);
  const choosing = useChoice(choice, rows, rowId);
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
    if (event.target !== scroller.current || event.altKey) return;
    if (choice !== undefined && chooseByKey(event)) event.preventDefault();
    if (event.ctrlKey || event.metaKey) return;
    if (target !== undefined && total > 0) {
      event.preventDefault();
      const next = Math.min(total - 1, Math.max(0, target));
      if (event.shiftKey) void choosing.extend(active, next);
      setActive(next);
      virtualizer.scrollToIndex(next);
    } else if (event.key === 'Enter') {
      const row = rows.rowAt(active);
      if (row !== undefined) onOpen?.(row, active);
    }
  };

  /** Whether a key chose rows, and so does nothing else. */
  function chooseByKey({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (key === 'a' && (ctrlKey || metaKey)) void choosing.all();
    else if (key === ' ' && shiftKey) void choosing.extend(active, active);
    else if (key === ' ') choosing.toggle(active);
    else if (key === 'Escape') choosing.clear();
    else return false;
    return true;
  }

  const onClick = ({ target, shiftKey }: MouseEvent) => {
    const place =
      target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined;
    if (place === undefined) return;
    const row = rows.rowAt(Number(place));
    setActive(Number(place));
    if (choice !== undefined && target instanceof Element && target.closest('[data-choose]') !== null) {
      if (shiftKey) void choosing.extend(Number(place), Number(place));
      else choosing.toggle(Number(place));
      scroller.current?.focus({ preventScroll: true });
    } else if (row !== undefined) onOpen?.(row, Number(place));
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
        aria-multiselectable={choice !== undefined || undefined}
        aria-busy={rows.total === undefined}
        aria-activedescendant={total > 0 && active >= first && active <= last ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <TableHead
          table={table}
          style={{ gridTemplateColumns: tracks, minWidth }}
          before={choice !== undefined && <ChooseAll nouns={nouns} choice={choice} choosing={choosing} />}
        />
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
            const chosen =
              choice === undefined ? undefined : row !== undefined && choice.chosen.has(rowId(row));
            const barred = row === undefined ? null : (choice?.barred(row) ?? null);
            return (
              <TableRow
                key={index}
                id={`${id}-${index}`}
                index={index}
                start={start}
                tracks={tracks}
                active={index === active}
                opens={onOpen !== undefined}
                chosen={chosen}
                barred={barred}
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
          {choice !== undefined && choice.chosen.size > 0 && ` · ${formatCount(choice.chosen.size)} chosen`}
          {choosing.said !== '' && ` · ${choosing.said}`}
        </div>
      )}
    </div>
  );
}
