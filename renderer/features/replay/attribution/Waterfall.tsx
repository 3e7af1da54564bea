import type { AttributedChange, Interval, Measure } from '../../../../shared/domain/replay/report.ts';
import { intervalText, measureDifference } from '../measure-text.ts';
import { DrawsHead } from '../DrawsHead.tsx';
import { stepsOf } from './waterfall.ts';
import css from './Waterfall.module.css';

const WIDTH = 520;
const HEIGHT = 28;

/** From the baseline, at 0, part by part to the candidate: each bar starts where the one before ended. */
export function Waterfall({
  measure,
  change,
  width = WIDTH,
}: {
  measure: Measure;
  change: AttributedChange;
  /** Of the bars, in pixels. */
  width?: number;
}) {
  const steps = stepsOf(change);
  const reached = [0, change.total, ...steps.flatMap(({ from, to }) => [from, to])];
  const [least, most] = [Math.min(...reached), Math.max(...reached)];
  const span = most - least || 1;
  const x = (value: number) => 8 + ((value - least) / span) * (width - 16);
  const text = (difference: number) =>
    measureDifference({ ...measure, baseline: measure.baseline ?? 0, difference });
  const ends = (interval: Interval) =>
    intervalText({ ...measure, baseline: measure.baseline ?? 0 }, interval);
  const harm = (by: number) =>
    (measure.better === 'higher' && by < 0) || (measure.better === 'lower' && by > 0);
  const bar = (from: number, to: number, fill: string) => (
    <svg width={width} height={HEIGHT} aria-hidden="true" className={css['bar']}>
      <path d={`M${x(0)} 0V${HEIGHT}`} stroke="var(--line-strong)" />
      <rect
        x={Math.min(x(from), x(to))}
        y="6"
        width={Math.max(1.5, Math.abs(x(to) - x(from)))}
        height={HEIGHT - 12}
        fill={fill}
      />
      <path d={`M${x(to)} ${HEIGHT - 6}V${HEIGHT}`} stroke="var(--ink-3)" strokeDasharray="2 2" />
    </svg>
  );
  return (
    <>
      <table
        className={`${css['table']} ${width < WIDTH ? css['narrow'] : ''}`}
        aria-label={`Change of ${measure.title} by part`}
      >
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">
              {width < WIDTH ? 'Change' : 'Change from the baseline, which stands at the line'}
            </th>
            <th scope="col" className={css['number']}>
              Brings
            </th>
            {change.intervals !== undefined && (
              <th scope="col" title="Requests drawn anew at random (paired bootstrap)">
                95 % interval
                <DrawsHead draws={change.intervals.draws ?? null} />
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {steps.map(({ part, by, from, to }) => (
            <tr key={part}>
              <th scope="row">{part}</th>
              <td>{bar(from, to, harm(by) ? 'var(--fail)' : 'var(--ink-3)')}</td>
              <td className={css['number']}>
                {by === 0 ? <span className="quiet">nothing</span> : text(by)}
              </td>
              {change.intervals !== undefined && <td>{by === 0 ? '–' : ends(change.intervals[part])}</td>}
            </tr>
          ))}
          <tr className={css['total']}>
            <th scope="row">candidate − baseline</th>
            <td>{bar(0, change.total, 'var(--candidate)')}</td>
            <td className={css['number']}>
              <strong>{text(change.total)}</strong>
            </td>
            {change.intervals !== undefined && <td>{ends(change.intervals.total)}</td>}
          </tr>
        </tbody>
      </table>
      <p className="quiet">
        Each part is swapped in every order and its mean effect taken (Shapley values), so that the parts sum
        to the whole.
        {change.intervals !== undefined && ' Intervals draw requests anew, each with all its parts.'}
      </p>
    </>
  );
}
