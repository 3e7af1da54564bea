import { useRef, useState, type ReactNode } from 'react';
import type { Cell } from '../../../shared/domain/csv.ts';
import section from '../Section.module.css';
import { Table } from '../Table.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { cellText } from './cell-text.ts';
import css from './Figure.module.css';
import type { ExportTable } from './table.ts';

/** Its table; that of a list whose rows are not all here is fetched when it is saved. */
type Tabled =
  | { readonly table: ExportTable; readonly chart?: boolean }
  | { readonly table: () => Promise<ExportTable>; readonly chart?: false };

/**
 * A chart or table with its question as title, that opens as its plain table and exports. `chart` says that what is
 * drawn is no table itself; `part` makes it a part of a section instead of a section of its own.
 */
export function Figure({
  title,
  note,
  table,
  chart = false,
  part = false,
  children,
}: {
  title: string;
  note?: ReactNode;
  part?: boolean;
  children: ReactNode;
} & Tabled) {
  const element = useRef<HTMLElement>(null);
  const [asTable, setAsTable] = useState(false);
  const Title = part ? 'h3' : 'h2';
  return (
    <section ref={element} className={part ? css['part'] : section['section']} aria-label={title}>
      <div className={section['head']}>
        <Title className={section['title']}>{title}</Title>
        <span className={css['side']}>
          {note !== undefined && <span className={section['note']}>{note}</span>}
          <span className={css['controls']}>
            {chart && (
              <button
                type="button"
                className={css['switch']}
                aria-label={`${title}: ${asTable ? 'as a chart' : 'as a table'}`}
                onClick={() => setAsTable(!asTable)}
              >
                {asTable ? 'as a chart' : 'as a table'}
              </button>
            )}
            <ExportMenu
              title={title}
              table={() => (typeof table === 'function' ? table() : table)}
              picture={element}
            />
          </span>
        </span>
      </div>
      {asTable && typeof table !== 'function' ? <PlainTable title={title} table={table} /> : children}
    </section>
  );
}

function PlainTable({ title, table: { columns, rows } }: { title: string; table: ExportTable }) {
  return (
    <Table<readonly Cell[]>
      label={title}
      rows={rows}
      rowKey={(row) => row.join('\t')}
      columns={columns.map((name, at) => ({
        name,
        right: rows.some((row) => typeof row[at] === 'number'),
        render: (row) => cellText(row[at] ?? null),
      }))}
    />
  );
}
