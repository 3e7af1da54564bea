import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Measure, SliceTable } from '../../../../shared/domain/replay/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { plural } from '../../../components/number.ts';
import { HeatTable } from './HeatTable.tsx';
import { columnPieces, columnsAt, depthsIn, heatRows, slicesTable } from './heat.ts';
import css from './Slices.module.css';

/** Columns of measures that can be read side by side on paper. */
const ON_PAPER = 9;

/** The measures within every slice, one table for each way of slicing. */
export function Slices({
  tables,
  measures,
  topK,
  paper,
}: {
  tables: readonly SliceTable[];
  measures: readonly Measure[];
  topK: number;
  /** Whether it is to be read on paper, where nothing scrolls. */
  paper: boolean;
}) {
  const [depth, setDepth] = useState(topK);
  return tables.map((table) => (
    <Figure
      key={table.by.join(' ')}
      title={`For whom it differs: by ${table.by.join(' and ')}`}
      note={
        <span className={css['note']}>
          {table.omitted > 0 && `${plural(table.omitted, 'more value')} not shown`}
          <Select
            size="xs"
            w={128}
            aria-label={`Depth of the slices by ${table.by.join(' and ')}`}
            data={depthsIn(measures).map((depth) => ({ value: String(depth), label: `first ${depth}` }))}
            value={String(depth)}
            onChange={(depth) => setDepth(Number(depth))}
          />
        </span>
      }
      table={slicesTable(table, measures)}
    >
      <Heat table={table} measures={measures} depth={depth} atOnce={paper ? ON_PAPER : Infinity} />
    </Figure>
  ));
}

function Heat({
  table,
  measures,
  depth,
  atOnce,
}: {
  table: SliceTable;
  measures: readonly Measure[];
  depth: number;
  /** Columns side by side; the rest stands below. */
  atOnce: number;
}) {
  const columns = columnsAt(measures, table, depth);
  return columnPieces(columns, heatRows(table, columns), atOnce).map((piece) => (
    <HeatTable
      key={piece.columns[0]?.id}
      label={`Slices by ${table.by.join(' and ')}`}
      by={table.by}
      columns={piece.columns}
      rows={piece.rows}
    />
  ));
}
