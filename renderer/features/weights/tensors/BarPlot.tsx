import { useElementSize } from '@mantine/hooks';
import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from 'recharts';
import { formatCount } from '../../../components/number.ts';
import { figureText } from '../diff/words.ts';

const HEIGHT = 180;
const LEAST_WIDTH = 280;
const TICK = { fill: 'var(--ink-3)', fontSize: 11 };

/** Counts of bins that touch each other, with the start of each bin along the axis. */
export function BarPlot({
  bins,
  what,
  along,
  label,
}: {
  bins: readonly { from: number; count: number }[];
  /** What is counted. */
  what: string;
  /** Name of the axis. */
  along: string;
  label: string;
}) {
  const { ref, width } = useElementSize();
  return (
    <div ref={ref} role="img" aria-label={label}>
      <BarChart
        width={Math.max(LEAST_WIDTH, width)}
        height={HEIGHT}
        data={[...bins]}
        margin={{ top: 8, right: 4, bottom: 16, left: 4 }}
        barCategoryGap={0.5}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="from"
          tickFormatter={figureText}
          tick={TICK}
          stroke="var(--line-strong)"
          label={{ value: along, position: 'bottom', ...TICK }}
        />
        <YAxis
          width={64}
          allowDecimals={false}
          tickFormatter={formatCount}
          tick={TICK}
          stroke="var(--line-strong)"
          label={{ value: what, angle: -90, position: 'insideLeft', ...TICK }}
        />
        <Bar dataKey="count" fill="var(--ink-2)" isAnimationActive={false} />
      </BarChart>
    </div>
  );
}
