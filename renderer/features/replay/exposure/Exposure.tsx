import { useElementSize } from '@mantine/hooks';
import { Bar, BarChart, CartesianGrid, LabelList, XAxis, YAxis } from 'recharts';
import type { Measure } from '../../../../shared/domain/replay/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatNumber } from '../../../components/number.ts';
import { measuresTable } from '../exports.ts';
import heads from '../heads/Heads.module.css';

const EXPOSURE = /^(author_gini|author_top_share|catalogue_coverage|in_network@\d+)$/;
const LEAST_WIDTH = 480;
const ROW = 46;

/** How exposure is spread: over authors, over the catalogue, inside and outside the user's network. */
export function Exposure({ measures }: { measures: readonly Measure[] }) {
  const { ref, width } = useElementSize();
  const spread = measures.filter(({ id, baseline }) => EXPOSURE.test(id) && baseline !== null);
  if (spread.length === 0) return null;
  const bars = spread.map(({ id, title, baseline, candidate }) => ({
    id,
    title,
    baseline: 100 * (baseline ?? 0),
    candidate: 100 * (candidate ?? 0),
  }));
  const percent = (value: unknown) => (typeof value === 'number' ? `${formatNumber(value, 1)} %` : '');
  const label = { position: 'right', fill: 'var(--ink-2)', fontSize: 11, formatter: percent } as const;
  const words = bars.map(
    ({ title, baseline, candidate }) => `${title}: ${percent(baseline)} before, ${percent(candidate)} after`,
  );
  return (
    <Figure
      title="How is exposure spread?"
      note={
        <span className={heads['legend']}>
          <span data-side="baseline">■ baseline</span>
          <span data-side="candidate">■ candidate</span>
        </span>
      }
      table={measuresTable(spread)}
      chart
    >
      <div ref={ref} role="img" aria-label={words.join('; ')}>
        <BarChart
          width={Math.max(LEAST_WIDTH, width)}
          height={bars.length * ROW + 44}
          data={bars}
          layout="vertical"
          margin={{ top: 8, right: 56, bottom: 16, left: 0 }}
          barGap={2}
          accessibilityLayer={false}
        >
          <CartesianGrid horizontal={false} stroke="var(--line)" />
          <XAxis
            type="number"
            domain={[0, 100]}
            tick={{ fill: 'var(--ink-3)', fontSize: 11 }}
            tickFormatter={(value: number) => `${value} %`}
            stroke="var(--line-strong)"
            label={{
              value: bars.some(({ id }) => id === 'author_gini') ? 'share; Gini coefficient × 100' : 'share',
              position: 'insideBottom',
              offset: -10,
              fill: 'var(--ink-3)',
              fontSize: 11,
            }}
          />
          <YAxis
            type="category"
            dataKey="title"
            width={320}
            interval={0}
            tick={{ fill: 'var(--ink-2)', fontSize: 12, width: 310 }}
            tickLine={false}
            stroke="var(--line-strong)"
          />
          {(['baseline', 'candidate'] as const).map((side) => (
            <Bar
              key={side}
              dataKey={side}
              fill={`var(--${side})`}
              barSize={13}
              minPointSize={1}
              isAnimationActive={false}
            >
              <LabelList dataKey={side} {...label} />
            </Bar>
          ))}
        </BarChart>
      </div>
    </Figure>
  );
}
