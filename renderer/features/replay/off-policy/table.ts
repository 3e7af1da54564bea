import type { Measure, ReplayReport } from '../../../../shared/domain/replay/report.ts';
import type { ExportTable } from '../../../components/export/table.ts';

export const ESTIMATORS = ['ips', 'snips', 'dm', 'dr'] as const;
type Estimator = (typeof ESTIMATORS)[number];

const NAMES: Record<Estimator, string> = {
  ips: 'Inverse propensity (IPS)',
  snips: 'Self-normalised (SNIPS)',
  dm: 'Direct method (DM)',
  dr: 'Doubly robust (DR)',
};
export const estimatorName = (estimator: Estimator): string => NAMES[estimator];

/** Whether a measure is an estimate from the log's propensities and not a figure of the feeds themselves. */
export const isEstimate = ({ id }: Pick<Measure, 'id'>): boolean => /^(ips|snips|dm|dr):/.test(id);

export function offPolicyTable(
  signals: NonNullable<ReplayReport['offPolicy']>,
  measures: readonly Measure[],
): ExportTable {
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  return {
    columns: [
      ...[
        'signal',
        'estimator',
        'side',
        'estimate',
        'lower',
        'upper',
        'interval by',
        'interval draws',
        'p',
        'p by',
        'p draws',
        'not supported because',
      ],
      ...['actions', 'effective sample size', 'largest weight', 'clipped share', 'mean weight'],
    ],
    rows: signals.flatMap((signal) =>
      ESTIMATORS.flatMap((estimator) =>
        (['baseline', 'candidate'] as const).map((side) => {
          const measure = known.get(`${estimator}:${signal.signal}`);
          const { actions, effectiveSampleSize, largestWeight, clippedShare, meanWeight, unsupported } =
            signal[side];
          const ends = measure?.intervals?.[side] ?? null;
          const estimate = [measure?.[side] ?? null, ends?.lower ?? null, ends?.upper ?? null];
          const made = [
            ends === null ? null : 'bootstrap',
            ends === null ? null : (measure?.intervals?.draws ?? null),
            measure?.p ?? null,
            measure?.test ?? null,
            measure?.draws ?? null,
          ];
          return [
            [signal.signal, estimator, side],
            estimate,
            made,
            [unsupported[estimator], actions, effectiveSampleSize, largestWeight, clippedShare, meanWeight],
          ].flat();
        }),
      ),
    ),
  };
}
