import type { KeptStatistics, TensorDetail } from '../../../../shared/contract/tensors.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount, listOf, plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { figureText } from '../diff/words.ts';
import { BarPlot } from './BarPlot.tsx';
import css from './Tensor.module.css';

type Rows = NonNullable<KeptStatistics['rows']>;

/** A table's rows by their length, and the ones that fall out of the distribution. */
export function RowNorms({ rows, keys }: { rows: Rows; keys: TensorDetail['keys'] }) {
  const { norms, fences, deadRows, firstDeadRows, deadColumns, firstDeadColumns, outliers } = rows;
  const far = [...rows.highOutliers, ...rows.lowOutliers];
  const keyOf = (row: number) => keys.find((each) => each.row === row)?.key;
  return (
    <>
      {norms.length > 0 && (
        <Figure
          title="How long are the rows?"
          part
          chart
          note={
            fences !== null && `outlying below ${figureText(fences.low)} and above ${figureText(fences.high)}`
          }
          table={{
            columns: ['norm from', 'norm to', 'rows'],
            rows: norms.map(({ from, to, rows }) => [from, to, rows]),
          }}
        >
          <BarPlot
            bins={norms.map(({ from, rows }) => ({ from, count: rows }))}
            what="rows"
            along="norm of a row (L2), each bar by one factor wider"
            label={`Norms of ${plural(rows.rows, 'row')}`}
          />
        </Figure>
      )}
      <p className={css['said']}>
        {outliers === 0
          ? 'No row lies beyond the fences, the quartiles ∓ 3 interquartile ranges.'
          : `${plural(outliers, 'row')} beyond the fences, the quartiles ∓ 3 interquartile ranges.`}{' '}
        {deadRows > 0 && `${plural(deadRows, 'dead row')}: ${some(firstDeadRows, deadRows)}. `}
        {deadColumns > 0 && `${plural(deadColumns, 'dead column')}: ${some(firstDeadColumns, deadColumns)}.`}
      </p>
      {far.length > 0 && (
        <Table
          label="Rows of outlying norm"
          rows={far}
          rowKey={({ row }) => String(row)}
          columns={[
            ...(keys.length > 0
              ? [{ name: 'Key', render: ({ row }: { row: number }) => <strong>{keyOf(row) ?? '–'}</strong> }]
              : []),
            { name: 'Row', right: true, render: ({ row }) => formatCount(row) },
            { name: 'Norm (L2)', right: true, render: ({ norm }) => figureText(norm) },
          ]}
        />
      )}
    </>
  );
}

const some = (named: readonly number[], of: number): string =>
  `${listOf(named.map(formatCount))}${of > named.length ? ' and more' : ''}`;
