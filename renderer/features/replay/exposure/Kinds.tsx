import { useState } from 'react';
import type { Measure } from '../../../../shared/domain/replay/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount, formatNumber } from '../../../components/number.ts';
import { Doubts } from '../Doubts.tsx';
import { commonDraws } from '../draws-text.ts';
import { DrawsHead } from '../DrawsHead.tsx';
import table from '../Measures.module.css';
import { intervalText, measureDifference, measureValue, pText } from '../measure-text.ts';
import { KindBars } from './KindBars.tsx';
import { kindsExport, kindTables, type KindTable } from './kinds.ts';
import css from './Kinds.module.css';

const TITLES: Readonly<Record<string, string>> = {
  'item.category': 'Which categories are shown?',
  'item.language': 'Which languages are shown?',
  'item.age': 'How old is what is shown?',
};
/** Kinds that stand there before all are asked for. */
const FIRST = 12;

/** Exposure by category, language and age of items: shown before and after, and how that stands to what was offered. */
export function Kinds({ measures }: { measures: readonly Measure[] }) {
  return kindTables(measures).map((kinds) => (
    <Figure
      key={kinds.attribute}
      title={TITLES[kinds.attribute] ?? `Which ${kinds.attribute} is shown?`}
      note={
        <span className={css['legend']}>
          <span data-side="baseline">■ baseline</span>
          <span data-side="candidate">■ candidate</span>
          <span>┃ share of the candidates</span>
        </span>
      }
      table={kindsExport(kinds)}
    >
      <OneTable kinds={kinds} />
    </Figure>
  ));
}

function OneTable({ kinds: { attribute, rows, rest, parity } }: { kinds: KindTable }) {
  const [all, setAll] = useState(false);
  const most = Math.max(
    0,
    ...rows.flatMap(({ exposure, supply }) => [exposure.baseline ?? 0, exposure.candidate ?? 0, supply ?? 0]),
  );
  const percent = (share: number | null) => measureValue({ unit: 'share' }, share);
  return (
    <>
      <div className={table['scroll']} tabIndex={0} role="group">
        <table className={table['table']} aria-label={`Exposure by ${attribute}`}>
          <thead>
            <tr>
              <th scope="col">{attribute}</th>
              <th scope="col">Share of exposure, 0 to {formatNumber(100 * most, 1)} %</th>
              {['Offered', 'Baseline', 'Candidate', 'Difference'].map((name) => (
                <th key={name} scope="col" className={table['number']}>
                  {name}
                </th>
              ))}
              <th scope="col" title="Requests drawn anew at random (bootstrap)">
                95 % interval
                <DrawsHead draws={commonDraws(rows.map(({ exposure }) => exposure)).intervals} />
              </th>
              <th
                scope="col"
                className={table['number']}
                title="Share of exposure over share of the candidates: 1 is shown as often as offered"
              >
                Shown ÷ offered
              </th>
              <th scope="col" className={table['number']} title="Requests that were offered such an item">
                Requests
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ kind, exposure, ratio, supply }, at) => (
              <tr key={kind} className={all || at < FIRST ? undefined : css['folded']}>
                <th scope="row" className={`${css['kind']} truncate`} title={kind}>
                  {kind}
                </th>
                <td>
                  <KindBars
                    baseline={exposure.baseline ?? 0}
                    candidate={exposure.candidate ?? 0}
                    supply={supply}
                    most={most}
                  />
                </td>
                <td className={table['number']}>{percent(supply)}</td>
                <td className={`${table['number']} ${table['baseline']}`}>{percent(exposure.baseline)}</td>
                <td className={`${table['number']} ${table['candidate']}`}>{percent(exposure.candidate)}</td>
                <td className={table['number']}>
                  <Doubts measure={{ ...exposure, requests: ratio.requests }} />
                  <strong>{measureDifference(exposure)}</strong>
                </td>
                <td className={table['ends']}>{intervalText(exposure, exposure.intervals?.difference)}</td>
                <td className={table['number']}>
                  {measureValueShort(ratio.baseline)} → {measureValueShort(ratio.candidate)}
                </td>
                <td className={table['number']}>{formatCount(ratio.requests)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && rows.length > FIRST && (
        <button type="button" className={css['all']} onClick={() => setAll(true)}>
          Show {rows.length - FIRST} more
        </button>
      )}
      <p className={css['parity']}>{parityWords(parity, rest)}</p>
    </>
  );
}

const measureValueShort = (ratio: number | null): string => (ratio === null ? '–' : formatNumber(ratio, 2));

/** The parity in a sentence, and how much has no known kind. */
function parityWords(parity: Measure | null, rest: KindTable['rest']): string {
  const none = Math.max(rest.baseline, rest.candidate) < 0.00005;
  const unknown = none
    ? ''
    : ` Items of no known kind hold ${formatNumber(100 * rest.baseline, 1)} % of exposure before and ${formatNumber(100 * rest.candidate, 1)} % after.`;
  if (parity === null || parity.candidate === null || parity.baseline === null)
    return `Parity needs two kinds that a hundred requests were each offered.${unknown}`;
  const ends = parity.intervals?.candidate ?? null;
  const sure = ends === null ? '' : ` (${formatNumber(ends.lower, 2)} to ${formatNumber(ends.upper, 2)})`;
  const chance = parity.p === null || parity.p === undefined ? '' : `; p of the change ${pText(parity)}`;
  return `Parity, least ÷ most favoured kind: ${formatNumber(parity.baseline, 2)} before, ${formatNumber(parity.candidate, 2)} after${sure}; 1 is even${chance}.${unknown}`;
}
