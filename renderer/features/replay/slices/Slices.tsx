import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Measure, SliceTable } from '../../../../shared/domain/replay/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { plural } from '../../../components/number.ts';
import { HeatTable } from './HeatTable.tsx';
import { columnsAt, depthsIn, heatRows, slicesTable } from './heat.ts';
import css from './Slices.module.css';

/** The measures within every slice, one table for each way of slicing. */
export function Slices({
  tables,
  measures,
  topK,
}: {
  tables: readonly SliceTable[];
  measures: readonly Measure[];
  topK: number;
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
      <Heat table={table} measures={measures} depth={depth} />
    </Figure>
  ));
}

function Heat({
  table,
  measures,
  depth,
}: {
  table: SliceTable;
  measures: readonly Measure[];
  depth: number;
}) {
  const columns = columnsAt(measures, table, depth);
  return (
    <HeatTable
      label={`Slices by ${table.by.join(' and ')}`}
      by={table.by}
      columns={columns}
      rows={heatRows(table, columns)}
    />
  );
}
