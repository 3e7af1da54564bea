import type { KeptStatistics, TensorDetail } from '../../../../shared/contract/tensors.ts';
import { numpyType } from '../../../../shared/domain/weights/npy.ts';
import { isDtype } from '../../../../shared/domain/weights/dtype.ts';
import { Facts } from '../../../components/Facts.tsx';
import { formatBytes, formatCount } from '../../../components/number.ts';
import { figureText, shareText } from '../diff/words.ts';
import { AnomalyMarks } from './AnomalyMark.tsx';
import { Histogram } from './Histogram.tsx';
import { RowNorms } from './RowNorms.tsx';
import css from './Tensor.module.css';
import { shapeText } from './words.ts';

/** A tensor in figures: form, counts, spread, quantiles, distribution, rows. */
export function TensorFacts({ detail: { file, statistics, anomalies, keys } }: { detail: TensorDetail }) {
  const { dtype, shape, elements, bytes, values, zeros, nans, infinities, spread, rows } = statistics;
  return (
    <div className={css['facts']}>
      <Facts
        of={[
          ['Anomalies', <AnomalyMarks key="anomalies" anomalies={anomalies} />],
          [
            'File',
            <span key="file" className={css['wrap']}>
              {file}
            </span>,
          ],
          ['Type', <TypeText key="type" dtype={dtype} />],
          ['Shape', shapeText(shape)],
          ['Parameters', formatCount(elements)],
          ['Size', `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`],
          ...(values === elements ? [] : ([['Values', formatCount(values)]] as const)),
          ['Zeros', zerosText(zeros, values)],
          ['NaN', formatCount(nans)],
          ['Infinite', formatCount(infinities)],
          ...(spread === null ? [] : spreadFacts(spread)),
        ]}
      />
      {spread === null && (
        <p className="quiet">
          {values === 0
            ? 'It holds no numbers.'
            : 'It holds no finite value, so there are no figures of them.'}
        </p>
      )}
      {spread !== null && <Quantiles spread={spread} />}
      {spread !== null && spread.histogram !== null && <Histogram histogram={spread.histogram} />}
      {rows !== null && <RowNorms rows={rows} keys={keys} />}
    </div>
  );
}

function zerosText(zeros: number, values: number): string {
  if (values === 0) return '–';
  return zeros === 0 ? 'none' : `${formatCount(zeros)}, ${shareText(zeros / values)}`;
}

type Spread = NonNullable<KeptStatistics['spread']>;

const spreadFacts = ({ min, max, mean, std, l2 }: Spread) =>
  [
    ['Min', exact(min)],
    ['Max', exact(max)],
    ['Mean', exact(mean)],
    ['Standard deviation', exact(std)],
    ['L2', exact(l2)],
  ] as const;

/** Rounded for the eye, whole on hover. */
const exact = (value: number | null) => (
  <span title={value === null ? '' : String(value)}>{figureText(value)}</span>
);

function TypeText({ dtype }: { dtype: string }) {
  const type = isDtype(dtype) ? numpyType(dtype) : null;
  return (
    <>
      {dtype}
      {type !== null && type.widened && (
        <span className="quiet"> (numpy has no such type: .npy holds it as {type.descr.slice(1)})</span>
      )}
    </>
  );
}

function Quantiles({ spread: { quantiles } }: { spread: Spread }) {
  return (
    <dl className={css['quantiles']} aria-label="Quantiles">
      {quantiles.map(({ share, value }) => (
        <div key={share}>
          <dt>{share === 0.5 ? 'median' : `${Number((100 * share).toPrecision(3))} %`}</dt>
          <dd>{exact(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
