import type { Measure } from '../../../../shared/domain/replay/report.ts';
import { formatCount, plural } from '../../../components/number.ts';
import { doubtsOf } from '../doubts.ts';
import { commonDraws } from '../draws-text.ts';
import { intervalText, measureDifference, measureValue, methodOf, pText } from '../measure-text.ts';
import { Method } from '../Method.tsx';
import { untestedBecause } from '../tests-text.ts';
import type { HeatCell, HeatRow } from './heat.ts';
import css from './Slices.module.css';

/** Differences as a table of shades: red where a slice is surely worse off, green where better, none where unsure. */
export function HeatTable({
  label,
  by,
  columns,
  rows,
}: {
  label: string;
  by: readonly string[];
  columns: readonly Measure[];
  rows: readonly HeatRow[];
}) {
  const common = commonDraws(columns);
  return (
    <div className={css['scroll']} tabIndex={0} role="group" aria-label={label}>
      <table className={css['table']} aria-label={label}>
        <thead>
          <tr>
            {by.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col" className={css['number']}>
              Requests
            </th>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={css['number']} title={column.title}>
                {headingOf(column.id)}
                <Method measure={column} common={common.intervals} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ slice: { values, requests, small }, cells }) => (
            <tr key={values.join('\t')} data-small={small ? '' : undefined}>
              {values.map((value, at) => (
                <th key={by[at]} scope="row" className="truncate" title={value}>
                  {value}
                </th>
              ))}
              <td className={css['number']}>
                {small && (
                  <span className={css['small']} title="Fewer than a hundred requests: not to be relied on">
                    small
                  </span>
                )}
                {formatCount(requests)}
              </td>
              {cells.map((cell, at) => (
                <Cell key={columns[at]?.id} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A measure's id with room to break its line. */
const headingOf = (id: string): string => id.replaceAll('_', ' ').replace('@', ' @').replace(':', ': ');

const drawn = (draws: number | undefined): string =>
  draws === undefined ? '' : `, ${plural(draws, 'draw')}`;

function Cell({ cell }: { cell: HeatCell | null }) {
  if (cell === null || cell.measure.difference === null) return <td className={css['number']}>–</td>;
  const { measure, tendency, strength } = cell;
  const colour = tendency === 'worse' ? 'var(--fail)' : tendency === 'better' ? 'var(--pass)' : null;
  const doubts = doubtsOf(measure).map(({ reason }) => reason);
  const words = [
    `${measure.title}: ${tendency}`,
    `${measureValue(measure, measure.baseline)} → ${measureValue(measure, measure.candidate)}`,
    `95 % interval ${intervalText(measure, measure.intervals?.difference)} by ${methodOf(measure)?.word ?? 'requests drawn'}${drawn(measure.intervals?.draws)}`,
    `p ${measure.p === undefined || measure.p === null ? untestedBecause(measure).word : `${pText(measure)}${drawn(measure.draws)}`}`,
    `${formatCount(measure.requests)} requests`,
    ...doubts,
  ];
  return (
    <td
      className={css['number']}
      data-tendency={tendency}
      title={words.join('\n')}
      style={
        colour === null
          ? undefined
          : { background: `color-mix(in srgb, ${colour} ${Math.round(6 + 24 * strength)}%, transparent)` }
      }
    >
      {tendency === 'worse' && '▼ '}
      {tendency === 'better' && '▲ '}
      {measureDifference(measure)}
      {doubts.length > 0 && <span className="visually-hidden">, {doubts.join(', ')}</span>}
    </td>
  );
}
