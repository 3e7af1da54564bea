import type { LineChange } from '../../shared/domain/release/line-changes.ts';
import css from './LineChanges.module.css';

/** The lines that only one of two versions of a text has. */
export function LineChanges({ label, changes }: { label: string; changes: readonly LineChange[] }) {
  return (
    <ul className={css['text']} aria-label={label}>
      {changes.map(({ kind, line, text }) => (
        <li key={`${kind} ${line}`} data-kind={kind}>
          <span className={css['at']}>{line}</span>
          <span>
            <span aria-hidden="true">{kind === 'added' ? '+' : '−'}</span>
            <span className="visually-hidden">{kind}</span>
          </span>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
