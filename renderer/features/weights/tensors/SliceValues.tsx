import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { sliceLines, type Slice } from '../../../../shared/domain/weights/slice.ts';
import { formatCount } from '../../../components/number.ts';
import { columnsOf, DataTable } from '../../../components/table/DataTable.tsx';
import { useValues, type TensorRef } from './queries.ts';
import css from './Tensor.module.css';

interface Row {
  readonly place: readonly number[];
  readonly cells: readonly string[];
}

const COLUMNS_SHOWN = 8;

const column = columnsOf<Row>();

/** Where a line stands, then some of its values, the first of them in column `first` of the slice. */
function columnsFor(slice: Slice, first: number) {
  const { columns: width, axes } = sliceLines(slice, Number.POSITIVE_INFINITY);
  const start = slice.findLast(({ kept }) => kept)?.from ?? 0;
  return column.columns([
    ...axes.map((axis, at) =>
      column.display({
        id: `axis ${axis}`,
        header: `Axis ${axis}`,
        meta: { width: '88px', right: true },
        cell: ({ row }) => <span className="quiet">{formatCount(row.original.place[at] ?? 0)}</span>,
      }),
    ),
    ...Array.from({ length: Math.min(COLUMNS_SHOWN, width - first) }, (_, at) =>
      column.display({
        id: `column ${first + at}`,
        header: width === 1 ? 'Value' : formatCount(start + first + at),
        meta: { width: 'minmax(116px, 1fr)', right: true },
        cell: ({ row }) => valueText(row.original.cells[at] ?? ''),
      }),
    ),
  ]);
}

/** The numbers of a slice in full, one line for each row; of long rows some columns at a time. */
export function SliceValues({ of, slice, parsed }: { of: TensorRef; slice: string; parsed: Slice }) {
  const [first, setFirst] = useState(0);
  const { columns: width } = sliceLines(parsed, Number.POSITIVE_INFINITY);
  const rows = useValues(of, slice, first, COLUMNS_SHOWN);
  const start = parsed.findLast(({ kept }) => kept)?.from ?? 0;
  const shown = Math.min(COLUMNS_SHOWN, width - first);
  const columns = useMemo(() => columnsFor(parsed, first), [parsed, first]);
  return (
    <>
      {width > COLUMNS_SHOWN && (
        <p className={css['pager']}>
          Columns {formatCount(start + first)} to {formatCount(start + first + shown - 1)} of{' '}
          {formatCount(width)}
          <Button
            variant="default"
            disabled={first === 0}
            onClick={() => setFirst(Math.max(0, first - COLUMNS_SHOWN))}
          >
            Before
          </Button>
          <Button
            variant="default"
            disabled={first + shown >= width}
            onClick={() => setFirst(first + COLUMNS_SHOWN)}
          >
            After
          </Button>
        </p>
      )}
      <div className={css['values']}>
        <DataTable<Row>
          label="Numbers of the slice"
          noun="line"
          columns={columns}
          rows={rows}
          rowId={({ place }) => place.join()}
          sort={null}
          onSort={() => {}}
          empty="This slice holds no value."
        />
      </div>
    </>
  );
}

/** What is not finite stands out. */
function valueText(text: string) {
  const harm = /NaN|Infinity/.test(text);
  return (
    <span className={harm ? css['harm'] : css['number']} title={text}>
      {text}
    </span>
  );
}
