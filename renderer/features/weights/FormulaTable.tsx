import type { HeadWorth } from '../../../shared/domain/formula/worth.ts';
import { formatNumber, formatWeight } from '../../components/number.ts';
import tableCss from '../../components/Table.module.css';
import { overlapFloor, RangeBar, SensitivitySpark, ShareBar, shareEnd } from './Drawings.tsx';
import { InPlace } from './InPlace.tsx';
import css from './Weights.module.css';
import type { HeadRow } from './rows.ts';
import type { WeightsSearch } from './search.ts';

type Sort = WeightsSearch['sort'];

const COLUMNS: readonly { title: string; sort?: Sort; right?: boolean; hint?: string }[] = [
  { title: 'Head', sort: 'name' },
  { title: 'Weight', sort: 'weight', right: true, hint: 'Sorts by size, whatever the sign' },
  { title: 'Allowed range' },
  { title: 'Scale and clamp' },
  {
    title: 'Share of score',
    sort: 'share',
    hint: '|weight × value| of all heads’, mean over items, ± one standard deviation; all bars have one scale',
  },
  {
    title: 'Flips per 1,000',
    sort: 'flips',
    right: true,
    hint: 'Neighbours in a ranking that change places when this weight is 0',
  },
  { title: 'Sensitivity', hint: 'How much of the feed stays as the weight goes from 0 to twice itself' },
  { title: 'Since', hint: 'The release that brought this weight' },
];

/** The scoring formula as a tariff: one line a head. */
export function FormulaTable({
  rows,
  compared,
  sort,
  chosen,
  onSort,
  onChoose,
}: {
  rows: readonly HeadRow[];
  /** Another formula stands beside this one. */
  compared: boolean;
  sort: Sort;
  chosen: string | undefined;
  onSort: (sort: Sort) => void;
  onChoose: (head: string) => void;
}) {
  const worths = rows.flatMap(({ worth }) => worth ?? []);
  const floor = overlapFloor(worths);
  const most = shareEnd(worths);
  return (
    <div className={tableCss['scroll']}>
      <table className={`${tableCss['table']} ${css['tariff']}`} aria-label="Heads and weights">
        <thead>
          <tr>
            {COLUMNS.map(({ title, sort: by, right, hint }) => (
              <th
                key={title}
                scope="col"
                data-align={right === true ? 'right' : undefined}
                title={hint}
                aria-sort={
                  by !== undefined && by === sort ? (by === 'name' ? 'ascending' : 'descending') : undefined
                }
              >
                {by === undefined ? (
                  title
                ) : (
                  <button
                    type="button"
                    className={css['sort']}
                    onClick={() => onSort(by === sort ? 'written' : by)}
                  >
                    {title}
                    <span aria-hidden="true">{by === sort ? (by === 'name' ? ' ↑' : ' ↓') : ''}</span>
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} data-gone={row.head === null ? '' : undefined}>
              <td className={css['head']}>
                <strong className={css['name']}>{row.name}</strong>
                <div
                  className={`${css['small']} truncate`}
                  title={row.head?.output ?? row.other?.output ?? ''}
                >
                  {row.head?.kind ?? row.other?.kind}{' '}
                  <span className="mono">{row.head?.output ?? row.other?.output ?? '–'}</span>
                </div>
                <InPlace findings={row.findings} />
              </td>
              <td data-align="right">
                <Weight row={row} compared={compared} />
              </td>
              <td>
                <Range row={row} />
              </td>
              <td className={css['plain']}>{row.head === null ? '' : shaping(row.head)}</td>
              <td>
                <Share share={row.worth?.share ?? null} most={most} />
              </td>
              <td data-align="right">{flipsText(row)}</td>
              <td>
                {row.worth !== null && (
                  <button
                    type="button"
                    className={css['spark']}
                    aria-pressed={row.name === chosen}
                    aria-label={`Sensitivity of ${row.name}: with the weight at 0, ${kept(row)} of the feed stays`}
                    onClick={() => onChoose(row.name)}
                  >
                    <SensitivitySpark worth={row.worth} floor={floor} />
                  </button>
                )}
              </td>
              <td className={css['plain']}>{row.since ?? (row.head === null ? 'not here' : '–')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Range({ row: { head, other } }: { row: HeadRow }) {
  const shown = head ?? other;
  if (shown === null) return null;
  return (
    <div className={css['range']}>
      <span>{bound(shown.min)}</span>
      <RangeBar head={shown} other={other} />
      <span>{bound(shown.max)}</span>
    </div>
  );
}

function Share({ share, most }: { share: HeadWorth['share']; most: number }) {
  if (share === null) return null;
  return (
    <div className={css['share']}>
      <ShareBar share={share} most={most} />
      <span>
        {formatNumber(100 * share.mean, 1)} % ± {formatNumber(100 * share.deviation, 1)}
      </span>
    </div>
  );
}

function flipsText({ worth }: HeadRow): string {
  const flips = worth?.flips ?? null;
  return flips === null ? '–' : formatNumber(flips, 0);
}

const kept = ({ worth }: HeadRow): string =>
  `${formatNumber(100 * (worth?.sensitivity[0]?.overlap[0] ?? 1), 0)} %`;

const bound = (value: number | null): string => (value === null ? '' : formatWeight(value));

function shaping({ scale, clamp }: NonNullable<HeadRow['head']>): string {
  const parts = [
    scale === 1 ? null : `× ${formatWeight(scale)}`,
    clamp === null ? null : `${clamp.min ?? '−∞'} to ${clamp.max ?? '∞'}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '–' : parts.join(', ');
}

/** The weight, after the other formula's struck through where it differs. */
function Weight({ row: { head, other }, compared }: { row: HeadRow; compared: boolean }) {
  const weight = head?.weight ?? null;
  const before = other?.weight ?? null;
  const text = (value: number | null) => (value === null ? 'none' : formatWeight(value));
  if (!compared || (head !== null && other !== null && weight === before)) {
    return <span className={css['weight']}>{text(weight)}</span>;
  }
  return (
    <>
      {other === null ? (
        <span className={css['small']}>new </span>
      ) : (
        <del className={css['former']}>{text(before)}</del>
      )}{' '}
      {head !== null && <span className={css['weight']}>{text(weight)}</span>}
    </>
  );
}
