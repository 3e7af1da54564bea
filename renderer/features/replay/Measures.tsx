import type { Measure } from '../../../shared/domain/replay/report.ts';
import { formatCount } from '../../components/number.ts';
import { byAlarm, tendencyOf } from './alarm.ts';
import { Doubts } from './Doubts.tsx';
import { commonDraws } from './draws-text.ts';
import { DrawsHead } from './DrawsHead.tsx';
import { axisOf, changeOf, type Sense } from './forest.ts';
import { ForestAxis, ForestBar } from './ForestBar.tsx';
import css from './Measures.module.css';
import { intervalText, measureDifference, measureValue } from './measure-text.ts';
import { Method } from './Method.tsx';
import { PValue } from './PValue.tsx';
import { TendencyMark } from './TendencyMark.tsx';

/** Measures with two sides on one common zero line, the most alarming first. */
export function Measures({
  label = 'Measures, the most alarming first',
  measures,
  sense = 'favour',
}: {
  label?: string;
  measures: readonly Measure[];
  sense?: Sense;
}) {
  const changes = new Map(measures.map((measure) => [measure, changeOf(measure, sense)]));
  const axis = axisOf([...changes.values()].filter((change) => change !== null));
  const bounded = measures.some(({ intervals }) => intervals !== undefined);
  const tested = measures.some(({ p }) => p !== undefined);
  const common = commonDraws(measures);
  return (
    <div className={css['scroll']} tabIndex={0} role="group">
      <table className={css['table']} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            {sense === 'favour' && <th scope="col">That is</th>}
            <th scope="col" className={css['number']}>
              Baseline
            </th>
            <th scope="col" className={css['number']}>
              Candidate
            </th>
            <th scope="col" className={css['drawn']}>
              <ForestAxis axis={axis} sense={sense} />
            </th>
            <th scope="col" className={css['number']}>
              Difference
            </th>
            {bounded && (
              <th scope="col" title="Requests drawn anew at random (bootstrap), unless a word says otherwise">
                95 % interval
                <DrawsHead draws={common.intervals} />
              </th>
            )}
            {tested && (
              <th
                scope="col"
                className={css['number']}
                title="Paired randomisation test of this measure alone, requests swapped unless a word says otherwise; gates correct theirs for being several (Holm)"
              >
                p, alone
                <DrawsHead draws={common.tests} of="swap" />
              </th>
            )}
            <th scope="col" className={css['number']}>
              Requests
            </th>
          </tr>
        </thead>
        <tbody>
          {byAlarm(measures).map((measure) => {
            const tendency = tendencyOf(measure);
            return (
              <tr key={measure.id}>
                <th scope="row" title={measure.id} className={css['name']}>
                  {measure.title}
                  {unitOf(measure)}
                </th>
                {sense === 'favour' && (
                  <td>
                    <TendencyMark of={tendency} />
                  </td>
                )}
                <td className={`${css['number']} ${css['baseline']}`}>
                  {measureValue(measure, measure.baseline)}
                </td>
                <td className={`${css['number']} ${css['candidate']}`}>
                  {measureValue(measure, measure.candidate)}
                </td>
                <td className={css['drawn']}>
                  <ForestBar change={changes.get(measure) ?? null} axis={axis} harm={tendency === 'worse'} />
                </td>
                <td className={css['number']}>
                  <Doubts measure={measure} />
                  <strong>{measureDifference(measure)}</strong>
                </td>
                {bounded && (
                  <td className={css['ends']}>
                    {intervalText(measure, measure.intervals?.difference)}
                    <Method measure={measure} common={common.intervals} />
                  </td>
                )}
                {tested && (
                  <td className={css['number']}>
                    <PValue measure={measure} common={common.tests} />
                  </td>
                )}
                <td className={css['number']}>{formatCount(measure.requests)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The unit in brackets, where the title does not say it. */
function unitOf({ unit, title }: Measure): string {
  return unit === 'share' || title.includes(unit) || unit === 'MAP' || unit === 'MRR' ? '' : ` (${unit})`;
}
