import { anomalies, anomaliesOf, gravity } from '../../shared/domain/weights/anomalies.ts';
import type { TensorStatistics } from '../../shared/domain/weights/statistics.ts';
import type { Tensor } from '../../shared/domain/weights/tensor.ts';
import { table } from './table.ts';
import { figure, shapeText, whole } from './weights-text.ts';

export const totals = (tensors: readonly Tensor[]) => ({
  tensors: tensors.length,
  elements: tensors.reduce((sum, { elements }) => sum + elements, 0),
  bytes: tensors.reduce((sum, { bytes }) => sum + bytes, 0),
});

const HEADING = [
  'tensor',
  'dtype',
  'shape',
  'parameters',
  'bytes',
  'min',
  'max',
  'mean',
  'std',
  'L2',
  'zeros',
  'NaN',
  'infinite',
  '1 %',
  'median',
  '99 %',
  'histogram',
  'anomalies',
];

/** One line for each tensor, the most suspicious first, and what all come to. Holds the lines only. */
export async function statisticsTable(
  tensors: readonly Tensor[],
  found: AsyncIterable<TensorStatistics>,
): Promise<string> {
  const lines: { gravest: number; cells: string[] }[] = [];
  for await (const statistics of found) {
    const gravest = gravity(anomaliesOf(statistics).map(({ kind }) => kind));
    lines.push({ gravest, cells: cellsOf(statistics) });
  }
  lines.sort((left, right) => left.gravest - right.gravest);
  const all = totals(tensors);
  return `${table([HEADING, ...lines.map(({ cells }) => cells)])}\n\n${whole(all.tensors)} tensors, ${whole(all.elements)} parameters, ${whole(all.bytes)} bytes`;
}

function cellsOf(statistics: TensorStatistics): string[] {
  const { name, dtype, shape, elements, bytes, values, zeros, nans, infinities, spread } = statistics;
  const figures = [spread?.min, spread?.max, spread?.mean, spread?.std, spread?.l2].map(figure);
  const share = values === 0 ? '–' : `${((100 * zeros) / values).toFixed(1)} %`;
  const quantile = (share: number) => spread?.quantiles.find((each) => each.share === share)?.value;
  return [
    name,
    dtype,
    shapeText(shape),
    whole(elements),
    whole(bytes),
    ...figures,
    share,
    whole(nans),
    whole(infinities),
    ...[0.01, 0.5, 0.99].map((share) => figure(quantile(share))),
    spread?.histogram === null || spread === null ? '–' : bars(spread.histogram.counts, 16),
    anomalies(statistics).join(', '),
  ];
}

/** One tensor in full. */
export function statisticsText(statistics: TensorStatistics): string {
  const { name, dtype, shape, zeros, nans, infinities, spread, rows } = statistics;
  const facts: [string, string][] = [
    ['tensor', name],
    [
      'type',
      `${dtype} ${shapeText(shape)}, ${whole(statistics.elements)} elements, ${whole(statistics.bytes)} bytes`,
    ],
    ['counts', `${whole(zeros)} zeros, ${whole(nans)} NaN, ${whole(infinities)} infinite`],
  ];
  if (spread !== null) {
    facts.push(
      ['range', `${figure(spread.min)} to ${figure(spread.max)}`],
      ['mean', `${figure(spread.mean)}, standard deviation ${figure(spread.std)}, L2 ${figure(spread.l2)}`],
    );
    if (spread.quantiles.length > 0)
      facts.push([
        'quantiles',
        spread.quantiles
          .map(({ share, value }) => `${Number((100 * share).toPrecision(3))} %: ${figure(value)}`)
          .join(', '),
      ]);
    if (spread.histogram !== null) facts.push(['histogram', bars(spread.histogram.counts)]);
  }
  if (rows !== null)
    facts.push(
      [
        'rows',
        `${whole(rows.rows)}, dead: ${whole(rows.deadRows)}, of outlying norm: ${whole(rows.outliers)}`,
      ],
      ['columns', `${whole(rows.columns)}, dead: ${whole(rows.deadColumns)}`],
      ...[...rows.lowOutliers, ...rows.highOutliers].map(({ row, norm }): [string, string] => [
        `row ${row}`,
        `norm ${figure(norm)}`,
      ]),
    );
  facts.push(['anomalies', anomalies(statistics).join(', ') || 'none']);
  return facts.map(([fact, text]) => `${fact.padEnd(11)}${text}`).join('\n');
}

const BARS = ' ▁▂▃▄▅▆▇█';

/** A histogram in one line, its bins put together into `width` bars. */
function bars(counts: readonly number[], width = counts.length): string {
  const each = counts.length / width;
  const heights = Array.from({ length: width }, (_, bar) =>
    counts.slice(bar * each, (bar + 1) * each).reduce((sum, count) => sum + count, 0),
  );
  const most = Math.max(...heights);
  return heights.map((height) => BARS[Math.ceil((height / most) * (BARS.length - 1))]).join('');
}
