import { useElementSize } from '@mantine/hooks';
import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from 'recharts';
import type { TensorDifferenceDetail } from '../../../../shared/contract/changes.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount } from '../../../components/number.ts';
import { figureText } from './words.ts';

type Powers = TensorDifferenceDetail['histogram'];

const HEIGHT = 180;
const LEAST_WIDTH = 280;

/** How many values fell and rose by how much, from the largest fall to the largest rise, by powers of two. */
export function Histogram({ histogram }: { histogram: Powers }) {
  const { ref, width } = useElementSize();
  const bins = binsOf(histogram);
  const fell = bins.filter(({ change }) => change < 0).reduce((sum, { values }) => sum + values, 0);
  const rose = bins.reduce((sum, { values }) => sum + values, 0) - fell;
  return (
    <Figure
      title="By how much did values change?"
      part
      chart
      table={{
        columns: ['change from', 'change to', 'values'],
        rows: bins.map(({ change, values }) => [change, 2 * change, values]),
      }}
    >
      <div
        ref={ref}
        role="img"
        aria-label={`${formatCount(fell)} values fell and ${formatCount(rose)} rose, by ${figureText(Math.abs(bins[0]?.change ?? 0))} to ${figureText(2 * Math.abs(bins.at(-1)?.change ?? 0))}`}
      >
        <BarChart
          width={Math.max(LEAST_WIDTH, width)}
          height={HEIGHT}
          data={bins}
          margin={{ top: 8, right: 4, bottom: 16, left: 4 }}
          barCategoryGap={1}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="change"
            tickFormatter={figureText}
            tick={{ fill: 'var(--ink-3)', fontSize: 11 }}
            stroke="var(--line-strong)"
            label={{
              value: 'change of a value, b − a',
              position: 'bottom',
              fill: 'var(--ink-3)',
              fontSize: 11,
            }}
          />
          <YAxis
            width={64}
            allowDecimals={false}
            tickFormatter={formatCount}
            tick={{ fill: 'var(--ink-3)', fontSize: 11 }}
            stroke="var(--line-strong)"
            label={{
              value: 'values',
              angle: -90,
              position: 'insideLeft',
              fill: 'var(--ink-3)',
              fontSize: 11,
            }}
          />
          <Bar dataKey="values" fill="var(--ink-2)" isAnimationActive={false} />
        </BarChart>
      </div>
    </Figure>
  );
}

/** Every power between the least and the greatest, so that gaps show as gaps: falls, largest first, then rises. */
function binsOf(histogram: Powers): { change: number; values: number }[] {
  const powers = histogram.map(({ power }) => power);
  const [least, greatest] = [Math.min(...powers), Math.max(...powers)];
  const all = Array.from({ length: greatest - least + 1 }, (_, step) => least + step).map(
    (power) => histogram.find((bin) => bin.power === power) ?? { power, rises: 0, falls: 0 },
  );
  return [
    ...all.toReversed().map(({ power, falls }) => ({ change: -(2 ** power), values: falls })),
    ...all.map(({ power, rises }) => ({ change: 2 ** power, values: rises })),
  ];
}
