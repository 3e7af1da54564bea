import type { Measure, ReplayReport } from '../../../../shared/domain/replay/report.ts';
import type { SideSupport } from '../../../../shared/domain/replay/off-policy.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { formatCount, formatNumber } from '../../../components/number.ts';
import { commonDraws } from '../draws-text.ts';
import { DrawsHead } from '../DrawsHead.tsx';
import css from '../Measures.module.css';
import { intervalText, measureDifference, measureValue } from '../measure-text.ts';
import { PValue } from '../PValue.tsx';
import { DoubtMark } from '../Doubts.tsx';
import type { Doubt } from '../doubts.ts';
import { weightDoubt } from './weight-doubt.ts';
import { ESTIMATORS, estimatorName, isEstimate, offPolicyTable } from './table.ts';

type Signals = NonNullable<ReplayReport['offPolicy']>;
type Side = 'baseline' | 'candidate';

/** What users would have answered, estimated from the log's propensities; no number where the log cannot carry one. */
export function OffPolicy({ signals, measures }: { signals: Signals; measures: readonly Measure[] }) {
  if (signals.length === 0) return null;
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  const common = commonDraws(measures.filter(isEstimate));
  return (
    <Figure
      title="What would users have answered?"
      note="Estimated from the log’s propensities"
      table={offPolicyTable(signals, measures)}
    >
      <div className={css['scroll']} tabIndex={0} role="group">
        <table className={css['table']} aria-label="Estimates from the log">
          <thead>
            <tr>
              <th scope="col">Answer</th>
              <th scope="col">Estimator</th>
              <th scope="col">Baseline</th>
              <th scope="col">Candidate</th>
              <th scope="col" className={css['number']}>
                Difference
              </th>
              <th scope="col" title="Requests drawn anew at random (bootstrap), for both rankers alike">
                95 % interval
                <DrawsHead draws={common.intervals} />
              </th>
              <th scope="col" className={css['number']}>
                p, alone
                <DrawsHead draws={common.tests} />
              </th>
            </tr>
          </thead>
          <tbody>
            {signals.flatMap((support) =>
              shownEstimators(support).map((estimator) => {
                const measure = known.get(`${estimator}:${support.signal}`);
                return (
                  <tr key={`${estimator}:${support.signal}`}>
                    <th scope="row">{estimator === 'ips' ? support.signal : ''}</th>
                    <td>{isSupported(support) ? estimatorName(estimator) : 'All four'}</td>
                    {(['baseline', 'candidate'] as const).map((side) => (
                      <td key={side} className={css[side]}>
                        <Estimate
                          measure={measure}
                          side={side}
                          reason={support[side].unsupported[estimator]}
                          doubt={weightDoubt(estimator, support[side])}
                        />
                      </td>
                    ))}
                    <td className={css['number']}>
                      <strong>{measure === undefined ? '–' : measureDifference(measure)}</strong>
                    </td>
                    <td className={css['ends']}>
                      {measure === undefined ? '–' : intervalText(measure, measure.intervals?.difference)}
                    </td>
                    <td className={css['number']}>
                      {measure === undefined ? '–' : <PValue measure={measure} common={common.tests} />}
                    </td>
                  </tr>
                );
              }),
            )}
          </tbody>
        </table>
      </div>
      <SupportTable signals={signals} />
    </Figure>
  );
}

type Signal = Signals[number];

const isSupported = ({ baseline, candidate }: Signal): boolean =>
  [baseline, candidate].some(({ unsupported }) =>
    Object.values(unsupported).some((reason) => reason === null),
  );

/** Where no estimate of either side is supported one row says so for all. */
const shownEstimators = (signal: Signal): readonly (typeof ESTIMATORS)[number][] =>
  isSupported(signal) ? ESTIMATORS : ESTIMATORS.slice(0, 1);

function Estimate({
  measure,
  side,
  reason,
  doubt,
}: {
  measure: Measure | undefined;
  side: Side;
  reason: string | null;
  doubt: Doubt | null;
}) {
  if (reason === null && measure !== undefined && measure[side] !== null)
    return (
      <>
        {measureValue(measure, measure[side])} {doubt !== null && <DoubtMark {...doubt} />}
      </>
    );
  return (
    <span title={reason ?? undefined}>
      <Mark tone="unknown" shape="ring">
        not supported by this log
      </Mark>
      {reason !== null && <span className="visually-hidden">: {reason}</span>}
    </span>
  );
}

const SUPPORT: readonly [name: string, of: (support: SideSupport) => string][] = [
  ['Answers with a propensity', ({ actions }) => formatCount(actions)],
  ['Effective sample size', ({ effectiveSampleSize }) => formatNumber(effectiveSampleSize, 1)],
  ['Largest weight', ({ largestWeight }) => formatNumber(largestWeight, 2)],
  ['Clipped share', ({ clippedShare }) => `${formatNumber(100 * clippedShare, 2)} %`],
  ['Mean weight', ({ meanWeight }) => formatNumber(meanWeight, 3)],
];

/** What the log carries: the evidence on which an estimate is given or withheld. */
function SupportTable({ signals }: { signals: Signals }) {
  return (
    <div className={css['scroll']} tabIndex={0} role="group">
      <table className={css['table']} aria-label="What the log supports">
        <thead>
          <tr>
            <th scope="col">Answer</th>
            <th scope="col">Ranker</th>
            {SUPPORT.map(([name]) => (
              <th key={name} scope="col" className={css['number']}>
                {name}
              </th>
            ))}
            <th scope="col">Why withheld</th>
          </tr>
        </thead>
        <tbody>
          {signals.flatMap((signal) =>
            (['baseline', 'candidate'] as const).map((side) => (
              <tr key={`${signal.signal} ${side}`}>
                <th scope="row">{side === 'baseline' ? signal.signal : ''}</th>
                <td className={css[side]}>{side}</td>
                {SUPPORT.map(([name, of]) => (
                  <td key={name} className={css['number']}>
                    {of(signal[side])}
                  </td>
                ))}
                <td className={css['reason']}>
                  {[
                    ...new Set(Object.values(signal[side].unsupported).filter((reason) => reason !== null)),
                  ].join('; ') || '–'}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
