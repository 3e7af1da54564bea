import type { GraphGroup } from '../../../../shared/domain/weights/graph-groups.ts';
import { formatCount, plural } from '../../../components/number.ts';
import css from './Graph.module.css';
import type { Part } from './parts.ts';

const MOST_LISTED = 100;

/** What the graph is made of, or what was searched in it; the closed groups first. */
export function PartList({
  parts,
  meant,
  searched,
  groups,
  chosen,
  onChoose,
}: {
  parts: readonly Part[];
  meant: readonly Part[];
  searched: boolean;
  groups: readonly GraphGroup[];
  chosen: string | null;
  onChoose: (id: string) => void;
}) {
  const closed = searched
    ? []
    : groups.map(({ id, title, operators }) => ({ id, title, note: plural(operators, 'operator') }));
  const shown = [...closed, ...meant].slice(0, MOST_LISTED);
  return (
    <div>
      <p className={css['quiet']} aria-live="polite">
        {searched
          ? `${formatCount(meant.length)} of ${plural(parts.length, 'part')} found`
          : plural(parts.length, 'part')}
        {closed.length > 0 && `, ${plural(closed.length, 'closed group')}`}
        {closed.length + meant.length > MOST_LISTED && `; the first ${MOST_LISTED} are listed`}
      </p>
      {shown.length > 0 && (
        <ul className={css['list']} aria-label="Operators, inputs and outputs">
          {shown.map(({ id, title, note }) => (
            <li key={id}>
              <button
                type="button"
                className={css['part']}
                aria-current={id === chosen}
                onClick={() => onChoose(id)}
              >
                {title} <span className={css['quiet']}>{note}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
