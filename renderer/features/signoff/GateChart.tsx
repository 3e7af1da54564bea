import type { GateResult } from '../../../shared/domain/gates/verdict.ts';
import { formatWeight } from '../../components/number.ts';
import css from './GateChart.module.css';

const WIDTH = 320;
const HEIGHT = 24;
const MARGIN = 8;

interface Measured {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly measured: number;
  readonly threshold: number;
  readonly lower: number;
  readonly upper: number;
}

/** Gates whose measure is a number with an interval and a threshold. */
const measuredOf = (gates: readonly GateResult[]): Measured[] =>
  gates.flatMap(({ name, title, unit = '', measured, threshold, interval }) =>
    typeof measured === 'number' && typeof threshold === 'number' && interval
      ? [{ name, title, unit, measured, threshold, lower: interval.lower, upper: interval.upper }]
      : [],
  );

/** How far each measure is from its threshold, with its 95 % interval; each row on a scale of its own. */
export function GateChart({ gates }: { gates: readonly GateResult[] }) {
  const rows = measuredOf(gates);
  if (rows.length === 0) return null;
  return (
    <figure className={css['chart']}>
      <figcaption>How far each measure is from its threshold, with its 95 % interval</figcaption>
      {rows.map((row) => (
        <div key={row.name} className={css['row']}>
          <span>
            {row.title} <span className="quiet">({row.unit})</span>
          </span>
          <Scale of={row} />
          <span className={css['figures']}>
            {formatWeight(row.measured, 4)} ({formatWeight(row.lower, 3)} to {formatWeight(row.upper, 3)}),
            threshold {formatWeight(row.threshold, 3)}
          </span>
        </div>
      ))}
      <p className={css['legend']}>Dot: measured. Line: 95 % interval. Upright: threshold.</p>
    </figure>
  );
}

function Scale({ of: { title, measured, threshold, lower, upper } }: { of: Measured }) {
  const ends = [measured, threshold, lower, upper, 0];
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const x = (value: number): number =>
    to === from ? WIDTH / 2 : MARGIN + ((value - from) / (to - from)) * (WIDTH - 2 * MARGIN);
  const middle = HEIGHT / 2;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${title}: ${measured}, from ${lower} to ${upper}, threshold ${threshold}`}
    >
      <line className={css['axis']} x1={MARGIN} x2={WIDTH - MARGIN} y1={middle} y2={middle} />
      <line className={css['threshold']} x1={x(threshold)} x2={x(threshold)} y1={2} y2={HEIGHT - 2} />
      <line className={css['whisker']} x1={x(lower)} x2={x(upper)} y1={middle} y2={middle} />
      <circle className={css['dot']} cx={x(measured)} cy={middle} r={4} />
    </svg>
  );
}
