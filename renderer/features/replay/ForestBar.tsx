import type { Change, Sense } from './forest.ts';
import css from './Measures.module.css';

const FOREST_WIDTH = 240;
const HEIGHT = 28;
const EDGE = 10;

const placeOf = (change: number, axis: number): number => {
  const middle = FOREST_WIDTH / 2;
  return middle + (Math.min(axis, Math.max(-axis, change)) / axis) * (middle - EDGE);
};

/** One measure on the common axis: its point with a whisker for the interval; an arrow where it goes beyond. */
export function ForestBar({ change, axis, harm }: { change: Change | null; axis: number; harm: boolean }) {
  const middle = HEIGHT / 2;
  if (change === null) return null;
  const { point, lower, upper } = change;
  const x = placeOf(point, axis);
  const beyond = Math.abs(point) > axis ? Math.sign(point) : 0;
  return (
    <svg
      className={css['forest']}
      width={FOREST_WIDTH}
      height={HEIGHT}
      aria-hidden="true"
      color={harm ? 'var(--fail)' : 'var(--ink)'}
    >
      {lower !== null && upper !== null && (
        <path
          d={`M${placeOf(lower, axis)} ${middle}H${placeOf(upper, axis)}`}
          stroke="currentColor"
          strokeWidth="1.5"
        />
      )}
      {lower !== null && lower >= -axis && (
        <path d={`M${placeOf(lower, axis)} ${middle - 4}v8`} stroke="currentColor" />
      )}
      {upper !== null && upper <= axis && (
        <path d={`M${placeOf(upper, axis)} ${middle - 4}v8`} stroke="currentColor" />
      )}
      {beyond === 0 ? (
        <rect x={x - 3.5} y={middle - 3.5} width="7" height="7" fill="currentColor" />
      ) : (
        <path d={`M${x - 4 * beyond} ${middle - 5}l${9 * beyond} 5l${-9 * beyond} 5Z`} fill="currentColor" />
      )}
    </svg>
  );
}

const SIDES = {
  favour: ['← favours baseline', 'favours candidate →'],
  amount: ['← less', 'more →'],
} as const;

/** The axis above the bars: which way is which, in percent of the baseline's value. */
export function ForestAxis({ axis, sense }: { axis: number; sense: Sense }) {
  const [left, right] = SIDES[sense];
  const share = `${100 * axis} %`;
  return (
    <svg
      className={css['forest']}
      width={FOREST_WIDTH}
      height="34"
      role="img"
      aria-label="Axis of the changes, in percent of the baseline’s value"
    >
      <g className={css['axis']}>
        <text x={EDGE} y="12">
          {left}
        </text>
        <text x={FOREST_WIDTH - EDGE} y="12" textAnchor="end">
          {right}
        </text>
        <text x={EDGE} y="28">
          {share}
        </text>
        <text x={FOREST_WIDTH / 2} y="28" textAnchor="middle">
          0
        </text>
        <text x={FOREST_WIDTH - EDGE} y="28" textAnchor="end">
          {share}
        </text>
      </g>
      <path d={`M${EDGE} 33.5H${FOREST_WIDTH - EDGE}`} stroke="var(--line-strong)" />
    </svg>
  );
}
