import { useElementSize } from '@mantine/hooks';
import { CartesianGrid, ErrorBar, ReferenceLine, Scatter, ScatterChart, XAxis, YAxis, ZAxis } from 'recharts';
import type { HeadReport } from '../../../../shared/domain/replay/report.ts';
import { formatNumber, formatWeight } from '../../../components/number.ts';
import { reachOf } from './reach.ts';

/** Below so many observations a bin's share is chance more than anything. */
export const FEW_OBSERVED = 30;

const HEIGHT = 232;
const LEAST_WIDTH = 240;

/**
 * A head's reliability curve: share observed over mean predicted, a dot a bin, larger where more was observed, hollow
 * and off the line where too little was; the whiskers are the 95 % interval of the share.
 */
export function Reliability({ head: { name, reliability } }: { head: HeadReport }) {
  const { ref, width } = useElementSize();
  const points = (side: 'baseline' | 'candidate') =>
    reliability[side].flatMap(({ count, predicted, observed, interval = null }) =>
      predicted === null || observed === null
        ? []
        : [
            {
              ...{ count, predicted, observed },
              // how far the interval of the share reaches below and above it
              sure: interval === null ? [0, 0] : [observed - interval.lower, interval.upper - observed],
            },
          ],
    );
  const sides = { baseline: points('baseline'), candidate: points('candidate') };
  const reach = reachOf([...sides.baseline, ...sides.candidate]);
  const percent = (value: number) => `${formatWeight(100 * value, 3)} %`;
  const axis = { type: 'number', domain: [0, reach], tickCount: 5, stroke: 'var(--line-strong)' } as const;
  const tick = { fill: 'var(--ink-3)', fontSize: 11 };
  const label = { fill: 'var(--ink-3)', fontSize: 11 };
  return (
    <div ref={ref} role="img" aria-label={described(name, sides)}>
      <ScatterChart
        width={Math.max(LEAST_WIDTH, width)}
        height={HEIGHT}
        margin={{ top: 8, right: 12, bottom: 18, left: 4 }}
        accessibilityLayer={false}
      >
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          {...axis}
          dataKey="predicted"
          tick={tick}
          tickFormatter={percent}
          label={{ ...label, value: 'predicted', position: 'insideBottom', offset: -12 }}
        />
        <YAxis
          {...axis}
          dataKey="observed"
          width={56}
          tick={tick}
          tickFormatter={percent}
          label={{ ...label, value: 'observed', angle: -90, position: 'insideLeft', dx: 4, dy: 24 }}
        />
        <ZAxis dataKey="count" range={[24, 130]} />
        <ReferenceLine
          segment={[
            { x: 0, y: 0 },
            { x: reach, y: reach },
          ]}
          stroke="var(--ink-3)"
          strokeDasharray="3 3"
        />
        {(['baseline', 'candidate'] as const).flatMap((side) => [
          <Scatter
            key={`${side} few`}
            data={sides[side].filter(({ count }) => count < FEW_OBSERVED)}
            fill="var(--surface)"
            stroke={`var(--${side})`}
            shape={side === 'baseline' ? 'square' : 'circle'}
            isAnimationActive={false}
          />,
          <Scatter
            key={side}
            data={sides[side].filter(({ count }) => count >= FEW_OBSERVED)}
            fill={`var(--${side})`}
            line={{ stroke: `var(--${side})`, strokeWidth: 1.5 }}
            shape={side === 'baseline' ? 'square' : 'circle'}
            isAnimationActive={false}
          >
            <ErrorBar dataKey="sure" direction="y" width={4} stroke={`var(--${side})`} opacity={0.55} />
          </Scatter>,
        ])}
      </ScatterChart>
    </div>
  );
}

interface Point {
  predicted: number;
  observed: number;
}

function described(name: string, sides: Record<'baseline' | 'candidate', readonly Point[]>): string {
  const words = (points: readonly Point[]) =>
    points.length === 0
      ? 'nothing observed'
      : points
          .map(
            ({ predicted, observed }) =>
              `${formatNumber(predicted, 3)} came true ${formatNumber(observed, 3)}`,
          )
          .join(', ');
  return `Reliability of ${name}. Baseline: ${words(sides.baseline)}. Candidate: ${words(sides.candidate)}.`;
}
