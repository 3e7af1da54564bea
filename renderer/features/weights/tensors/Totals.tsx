import type { TensorTotals } from '../../../../shared/contract/tensors.ts';
import { formatBytes, formatCount, plural } from '../../../components/number.ts';
import { TimeText } from '../../../components/TimeText.tsx';
import css from './Tensors.module.css';

/** What the release's tensors come to, whole and file by file, and how many of them are suspicious. */
export function Totals({
  totals: { files, measured },
  onFile,
  onAnomaly,
}: {
  totals: TensorTotals;
  onFile: (file: string) => void;
  onAnomaly: (kind: string) => void;
}) {
  const sum = (of: 'tensors' | 'elements' | 'bytes') => files.reduce((total, file) => total + file[of], 0);
  return (
    <div className={css['totals']}>
      <p>
        <strong>{plural(sum('tensors'), 'tensor')}</strong>, {plural(sum('elements'), 'parameter')},{' '}
        <span title={`${formatCount(sum('bytes'))} bytes`}>{formatBytes(sum('bytes'))}</span>
        {measured !== null && (
          <>
            {' · '}
            {measured.suspicious === 0
              ? 'nothing suspicious'
              : `${plural(measured.suspicious, 'tensor')} with an anomaly`}
            {' · measured '}
            <TimeText at={measured.at} />
          </>
        )}
      </p>
      {files.length > 1 && (
        <ul className={css['chips']} aria-label="Files">
          {files.map(({ file, tensors, elements, bytes }) => (
            <li key={file}>
              <button type="button" className={css['chip']} onClick={() => onFile(file)} title={file}>
                {file}{' '}
                <span className="quiet">
                  {plural(tensors, 'tensor')}, {formatCount(elements)}, {formatBytes(bytes)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {measured !== null && measured.anomalies.length > 0 && (
        <ul className={css['chips']} aria-label="Anomalies">
          {measured.anomalies.map(({ kind, tensors }) => (
            <li key={kind}>
              <button type="button" className={css['chip']} onClick={() => onAnomaly(kind)}>
                {kind} <span className="quiet">{plural(tensors, 'tensor')}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
