import type { AnomalyKind } from '../../../../shared/domain/weights/anomalies.ts';
import type { TensorRow } from '../../../../shared/contract/tensors.ts';
import { Mark } from '../../../components/Mark.tsx';

/** What no healthy tensor has. */
const HARM: ReadonlySet<AnomalyKind> = new Set(['NaN', 'infinite']);

type Anomaly = NonNullable<TensorRow['summary']>['anomalies'][number];

/** Every anomaly in a line of its own. */
export const AnomalyMarks = ({ anomalies }: { anomalies: readonly Anomaly[] }) =>
  anomalies.length === 0 ? (
    <AnomalyMark anomalies={[]} />
  ) : (
    anomalies.map((anomaly) => (
      <div key={anomaly.kind}>
        <AnomalyMark anomalies={[anomaly]} />
      </div>
    ))
  );

/** What is suspicious about a tensor, all in one line. */
export function AnomalyMark({ anomalies }: { anomalies: readonly Anomaly[] | null }) {
  if (anomalies === null) return <span className="quiet">–</span>;
  const text = anomalies.map(({ text }) => text).join(', ');
  if (anomalies.length === 0)
    return (
      <Mark tone="plain" shape="tick">
        None
      </Mark>
    );
  const harm = anomalies.some(({ kind }) => HARM.has(kind));
  return (
    <span title={text}>
      <Mark tone={harm ? 'fail' : 'unknown'} shape={harm ? 'cross' : 'half'}>
        {text}
      </Mark>
    </span>
  );
}
