import { csv, type Cell } from '../../../shared/domain/csv.ts';
import { QUANTILES } from '../../../shared/domain/weights/quantiles.ts';
import { zeroShare, type ListedTensor } from '../../../shared/domain/weights/tensor-list.ts';

const HEADING: readonly string[] = [
  'tensor',
  'file',
  'dtype',
  'shape',
  'parameters',
  'bytes',
  'anomalies',
  'min',
  'max',
  'mean',
  'standard deviation',
  'L2',
  'share of zeros',
  'NaN',
  'infinite',
  ...QUANTILES.map((share) => `quantile ${share}`),
];

/** Tensors as a table of plain cells, numbers in full. */
export const tensorsCsv = (tensors: readonly ListedTensor[]): string =>
  csv([HEADING, ...tensors.map(cellsOf)]);

function cellsOf({ name, file, dtype, shape, elements, bytes, summary }: ListedTensor): Cell[] {
  const form: Cell[] = [name, file, dtype, shape.join(' × '), elements, bytes];
  if (summary === null) return [...form, ...HEADING.slice(form.length).map(() => null)];
  const { anomalies, min, max, mean, std, l2, nans, infinities, quantiles } = summary;
  return [
    ...form,
    anomalies.map(({ text }) => text).join(', '),
    min,
    max,
    mean,
    std,
    l2,
    zeroShare(summary),
    nans,
    infinities,
    ...quantiles,
  ];
}
