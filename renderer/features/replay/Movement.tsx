import type { Measure } from '../../../shared/domain/replay/report.ts';
import { formatCount } from '../../components/number.ts';
import { Doubts } from './Doubts.tsx';
import { commonDraws } from './draws-text.ts';
import { DrawsHead } from './DrawsHead.tsx';
import css from './Measures.module.css';
import { intervalText, measureDifference } from './measure-text.ts';

const WIDTH = 200;

/** How different the two feeds are: no side is better, and each figure is one value, not a change. */
export function Movement({ label, measures }: { label: string; measures: readonly Measure[] }) {
  return (
    <div className={css['scroll']} tabIndex={0} role="group">
      <table className={css['table']} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">From 0 to 1, with its interval</th>
            <th scope="col" className={css['number']}>
              Value
            </th>
            <th scope="col" title="Requests drawn anew at random (bootstrap)">
              95 % interval
              <DrawsHead draws={commonDraws(measures).intervals} />
            </th>
            <th scope="col" className={css['number']}>
              Requests
            </th>
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => (
            <tr key={measure.id}>
              <th scope="row" title={measure.id} className={css['name']}>
                {measure.title}
                {measure.unit === 'places' ? ' (places)' : ''}
              </th>
              <td>{measure.unit !== 'places' && <ShareBar measure={measure} />}</td>
              <td className={css['number']}>
                <Doubts measure={measure} />
                <strong>{measureDifference(measure)}</strong>
              </td>
              <td className={css['ends']}>{intervalText(measure, measure.intervals?.difference)}</td>
              <td className={css['number']}>{formatCount(measure.requests)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ShareBar({ measure: { difference, intervals } }: { measure: Measure }) {
  if (difference === null) return null;
  const at = (share: number) => WIDTH * Math.min(1, Math.max(0, share));
  const ends = intervals?.difference ?? null;
  return (
    <svg width={WIDTH} height="20" aria-hidden="true" className={css['forest']}>
      <rect y="6" width={WIDTH} height="8" rx="2" fill="var(--hover)" />
      <rect y="6" width={at(difference)} height="8" rx="2" fill="var(--ink-3)" />
      {ends !== null && (
        <path
          d={`M${at(ends.lower)} 10H${at(ends.upper)}M${at(ends.lower)} 6v8M${at(ends.upper)} 6v8`}
          stroke="var(--ink)"
          strokeWidth="1.5"
        />
      )}
    </svg>
  );
}
