import { QUANTILES } from '../../../../shared/domain/weights/quantiles.ts';
import type { TensorRow } from '../../../../shared/contract/tensors.ts';
import { LongName } from '../../../components/LongName.tsx';
import { formatBytes, formatCount } from '../../../components/number.ts';
import { columnsOf } from '../../../components/table/DataTable.tsx';
import { figureText, shareText } from '../diff/words.ts';
import { AnomalyMark } from './AnomalyMark.tsx';
import { Bars } from './Bars.tsx';
import css from './Tensors.module.css';
import { ownName, shapeText } from './words.ts';

type Summary = NonNullable<TensorRow['summary']>;

const column = columnsOf<TensorRow>();

const figureColumn = (
  id: string,
  header: string,
  of: (summary: Summary) => number | null | undefined,
  text: (value: number | null | undefined) => string = figureText,
  hint?: string,
) =>
  column.accessor(({ summary }) => (summary === null ? null : of(summary)), {
    id,
    header,
    meta: { width: '92px', right: true, ...(hint === undefined ? {} : { hint }) },
    cell: ({ row: { original } }) => text(original.summary === null ? null : of(original.summary)),
  });

const countText = (count: number | null | undefined): string =>
  count === null || count === undefined ? '–' : formatCount(count);

const quantile = (share: number) => {
  const at = QUANTILES.findIndex((each) => each === share);
  return ({ quantiles }: Summary) => quantiles[at];
};

/** Every column, in order; which are shown is for the person to say. */
export const columns = column.columns([
  column.accessor('name', {
    header: 'Tensor',
    meta: { width: 'minmax(260px, 3fr)' },
    cell: (cell) => <LongName name={ownName(cell.row.original)} title={cell.getValue()} />,
  }),
  column.accessor(({ summary }) => summary?.anomalies.length, {
    id: 'anomaly',
    header: 'Anomalies',
    meta: {
      width: 'minmax(184px, 1fr)',
      hint: 'The gravest first: NaN, infinity, all zero, constant, dead rows and columns, rows of outlying norm',
    },
    cell: ({ row }) => <AnomalyMark anomalies={row.original.summary?.anomalies ?? null} />,
  }),
  column.accessor('file', {
    header: 'File',
    meta: { width: 'minmax(120px, 1fr)' },
    cell: (cell) => <LongName name={cell.getValue()} />,
  }),
  column.accessor('dtype', {
    header: 'Type',
    meta: { width: '84px' },
    cell: (cell) => <span className={css['form']}>{cell.getValue()}</span>,
  }),
  column.accessor(({ shape }) => shape.length, {
    id: 'shape',
    header: 'Shape',
    meta: { width: '124px' },
    cell: ({ row }) => (
      <span className={css['form']} title={shapeText(row.original.shape)}>
        {shapeText(row.original.shape)}
      </span>
    ),
  }),
  column.accessor('elements', {
    header: 'Parameters',
    meta: { width: '112px', right: true },
    cell: (cell) => formatCount(cell.getValue()),
  }),
  column.accessor('bytes', {
    header: 'Size',
    meta: { width: '84px', right: true, hint: 'What it takes in its file' },
    cell: ({ row }) => (
      <span title={`${formatCount(row.original.bytes)} bytes`}>{formatBytes(row.original.bytes)}</span>
    ),
  }),
  figureColumn('min', 'Min', ({ min }) => min),
  figureColumn('max', 'Max', ({ max }) => max),
  figureColumn('mean', 'Mean', ({ mean }) => mean),
  figureColumn('std', 'Std', ({ std }) => std, figureText, 'Standard deviation of all values'),
  figureColumn('l2', 'L2', ({ l2 }) => l2, figureText, 'Root of the sum of squares'),
  figureColumn(
    'zeros',
    'Zeros',
    ({ zeros, values }) => (values === 0 ? null : zeros / values),
    shareText,
    'Share of values that are exactly zero',
  ),
  figureColumn('nans', 'NaN', ({ nans }) => nans, countText),
  figureColumn('infinities', 'Infinite', ({ infinities }) => infinities, countText),
  figureColumn('low', '1 %', quantile(0.01)),
  figureColumn('median', 'Median', quantile(0.5)),
  figureColumn('high', '99 %', quantile(0.99)),
  column.display({
    id: 'bars',
    header: 'Distribution',
    meta: { width: '104px', hint: 'Histogram between min and max; its height is that of its tallest bar' },
    cell: ({ row }) => <Bars bars={row.original.summary?.bars ?? []} />,
  }),
]);

/** The columns by their places in `columns`, as the choice of columns names them. */
export const COLUMN_NAMES: readonly { readonly id: string; readonly name: string }[] = [
  { id: 'name', name: 'Tensor' },
  { id: 'anomaly', name: 'Anomalies' },
  { id: 'file', name: 'File' },
  { id: 'dtype', name: 'Type' },
  { id: 'shape', name: 'Shape' },
  { id: 'elements', name: 'Parameters' },
  { id: 'bytes', name: 'Size' },
  { id: 'min', name: 'Min' },
  { id: 'max', name: 'Max' },
  { id: 'mean', name: 'Mean' },
  { id: 'std', name: 'Standard deviation' },
  { id: 'l2', name: 'L2' },
  { id: 'zeros', name: 'Zeros' },
  { id: 'nans', name: 'NaN' },
  { id: 'infinities', name: 'Infinite' },
  { id: 'low', name: '1 % quantile' },
  { id: 'median', name: 'Median' },
  { id: 'high', name: '99 % quantile' },
  { id: 'bars', name: 'Distribution' },
];
