import type { HeadReport, Measure } from '../../../../shared/domain/replay/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import type { ExportTable } from '../../../components/export/table.ts';
import { formatNumber, plural } from '../../../components/number.ts';
import { intervalText, methodOf } from '../measure-text.ts';
import css from './Heads.module.css';
import { FEW_OBSERVED, Reliability } from './Reliability.tsx';

/** How well each head of the model predicts what users did: its reliability curve, AUC and calibration error. */
export function Heads({ heads, measures }: { heads: readonly HeadReport[]; measures: readonly Measure[] }) {
  if (heads.length === 0) return null;
  const measure = (id: string) => measures.find((measure) => measure.id === id);
  return (
    <Figure
      title="Does what each head predicts come true?"
      note={
        <span className={css['legend']}>
          <span data-side="baseline">■ baseline</span>
          <span data-side="candidate">● candidate</span>
          <span>hollow: fewer than {FEW_OBSERVED} observed</span>
          <span>whiskers: 95 % interval, by a jackknife over 32 groups of requests</span>
          <span>on the dashes, 10 % predicted is 10 % observed</span>
        </span>
      }
      table={reliabilityTable(heads, measures)}
      chart
    >
      <div className={css['heads']}>
        {heads.map((head) => (
          <div key={head.name} className={css['head']}>
            <h3 className="truncate" title={head.name}>
              {head.name}
            </h3>
            <Reliability head={head} />
            <dl className={css['figures']}>
              <Sides name="AUC" measure={measure(`auc:${head.name}`)} digits={4} factor={1} />
              <Sides
                name="Calibration error"
                measure={measure(`calibration_error:${head.name}`)}
                digits={2}
                factor={100}
              />
              <Change name="Change of AUC" measure={measure(`auc:${head.name}`)} />
              <Change name="Change of the error, pp" measure={measure(`calibration_error:${head.name}`)} />
              <div>
                <dt>Observed</dt>
                <dd>{plural(head.observations.candidate, 'time')}</dd>
              </div>
            </dl>
          </div>
        ))}
      </div>
    </Figure>
  );
}

function Sides({
  name,
  measure,
  digits,
  factor,
}: {
  name: string;
  measure: Measure | undefined;
  digits: number;
  factor: 1 | 100;
}) {
  const text = (value: number | null | undefined) =>
    value === null || value === undefined
      ? 'no evidence'
      : `${formatNumber(factor * value, digits)}${factor === 100 ? ' %' : ''}`;
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span data-side="baseline">{text(measure?.baseline)}</span> →{' '}
        <span data-side="candidate">{text(measure?.candidate)}</span>
      </dd>
    </div>
  );
}

/** The 95 % interval of a difference, and how it was made. */
function Change({ name, measure }: { name: string; measure: Measure | undefined }) {
  if (measure?.intervals === undefined || measure.difference === null) return null;
  const { difference } = measure.intervals;
  return (
    <div title={methodOf(measure)?.meaning}>
      <dt>{name}, 95 %</dt>
      <dd>{difference === null ? 'not enough requests' : intervalText(measure, difference)}</dd>
    </div>
  );
}

function reliabilityTable(heads: readonly HeadReport[], measures: readonly Measure[]): ExportTable {
  const of = (id: string, side: 'baseline' | 'candidate') =>
    measures.find((measure) => measure.id === id)?.[side] ?? null;
  return {
    columns: [
      ...['head', 'side', 'bin from', 'bin to', 'observations', 'mean predicted', 'share observed'],
      ...['share observed lower', 'share observed upper'],
      ...['AUC of the head', 'calibration error of the head'],
    ],
    rows: heads.flatMap(({ name, reliability }) =>
      (['baseline', 'candidate'] as const).flatMap((side) =>
        reliability[side].map(({ count, predicted, observed, interval }, bin, bins) => {
          const place = [name, side, bin / bins.length, (bin + 1) / bins.length];
          const quality = [of(`auc:${name}`, side), of(`calibration_error:${name}`, side)];
          const ends = [interval?.lower ?? null, interval?.upper ?? null];
          return [place, [count, predicted, observed], ends, quality].flat();
        }),
      ),
    ),
  };
}
