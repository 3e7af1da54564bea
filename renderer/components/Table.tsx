import type { ReactNode } from 'react';
import css from './Table.module.css';

export interface TableColumn<Row> {
  readonly name: string;
  readonly render: (row: Row) => ReactNode;
  readonly right?: boolean;
  readonly width?: string;
}

/** A short table that shows all of its rows; for long lists there is DataTable. */
export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
  middle = false,
}: {
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Whether rows hold buttons, so that what is written beside them stands at their middle. */
  middle?: boolean;
}) {
  return (
    <div className={css['scroll']}>
      <table className={css['table']} aria-label={label} data-rows={middle ? 'middle' : undefined}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                data-align={column.right === true ? 'right' : undefined}
                style={{ width: column.width }}
              >
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.name} data-align={column.right === true ? 'right' : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
