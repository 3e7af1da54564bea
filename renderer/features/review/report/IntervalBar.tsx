import css from './Report.module.css';

const WIDTH = 240;
const HEIGHT = 28;
const EDGE = 10;

interface Axis {
  readonly from: number;
  readonly to: number;
  /** Where the line stands that an interval should clear. */
  readonly line: number;
}

const placeOf = (value: number, { from, to }: Axis): number =>
  EDGE + ((Math.min(to, Math.max(from, value)) - from) / (to - from)) * (WIDTH - 2 * EDGE);

/** An estimate with a whisker for its interval, on an axis with one line across all rows; the line alone without one. */
export function IntervalBar({
  point,
  low,
  high,
  axis,
}: {
  point: number | null;
  low: number | null;
  high: number | null;
  axis: Axis;
}) {
  const middle = HEIGHT / 2;
  return (
    <svg className={css['bar']} width={WIDTH} height={HEIGHT} aria-hidden="true">
      <path d={`M${placeOf(axis.line, axis)} 0V${HEIGHT}`} stroke="var(--line-strong)" />
      {low !== null && high !== null && (
        <path
          d={`M${placeOf(low, axis)} ${middle}H${placeOf(high, axis)}M${placeOf(low, axis)} ${middle - 4}v8M${placeOf(high, axis)} ${middle - 4}v8`}
          stroke="currentColor"
          strokeWidth="1.5"
        />
      )}
      {point !== null && (
        <rect x={placeOf(point, axis) - 3.5} y={middle - 3.5} width="7" height="7" fill="currentColor" />
      )}
    </svg>
  );
}

/** The ends of the axis and its line, named. */
export function IntervalAxis({ axis, names }: { axis: Axis; names: readonly [string, string, string] }) {
  const [from, line, to] = names;
  return (
    <svg className={css['axis']} width={WIDTH} height="16" aria-hidden="true">
      <text x={EDGE} y="12">
        {from}
      </text>
      <text x={placeOf(axis.line, axis)} y="12" textAnchor="middle">
        {line}
      </text>
      <text x={WIDTH - EDGE} y="12" textAnchor="end">
        {to}
      </text>
    </svg>
  );
}
