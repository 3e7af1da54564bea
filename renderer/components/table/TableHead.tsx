import type { useTable } from '@tanstack/react-table';
import type { CSSProperties, ReactNode } from 'react';
import type { Features } from './columns.ts';
import css from './DataTable.module.css';

/** The headings, which sort where their column can be sorted by. */
export function TableHead<Row extends object>({
  table,
  style,
  before,
}: {
  table: ReturnType<typeof useTable<Features, Row>>;
  style: CSSProperties;
  /** A heading before the first. */
  before: ReactNode;
}) {
  return table.getHeaderGroups().map((group) => (
    <div key={group.id} className={css['head']} role="row" aria-rowindex={1} style={style}>
      {before}
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
  ));
}
