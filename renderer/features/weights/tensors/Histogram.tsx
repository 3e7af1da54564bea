import type { KeptStatistics } from '../../../../shared/contract/tensors.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { figureText } from '../diff/words.ts';
import { BarPlot } from './BarPlot.tsx';

type Counts = NonNullable<NonNullable<KeptStatistics['spread']>['histogram']>;

/** How many values lie in each of 64 equally wide bins. */
export function Histogram({
  histogram: { from, to, counts },
  title = 'How are the values spread?',
}: {
  histogram: Counts;
  title?: string;
}) {
  const width = (to - from) / counts.length;
  const bins = counts.map((count, at) => ({ from: from + at * width, count }));
  return (
    <Figure
      title={title}
      part
      chart
      table={{
        columns: ['from', 'to', 'values'],
        rows: bins.map(({ from: start, count }, at) => [
          start,
          at + 1 === counts.length ? to : start + width,
          count,
        ]),
      }}
    >
      <BarPlot
        bins={bins}
        what="values"
        along="value"
        label={`Histogram of the values from ${figureText(from)} to ${figureText(to)}`}
      />
    </Figure>
  );
}
