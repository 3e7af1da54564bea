import { Link } from '@tanstack/react-router';
import type { ReplayDetail } from '../../../../shared/contract/replay.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Figure } from '../../../components/export/Figure.tsx';
import { ExportSource } from '../../../components/export/source.ts';
import { listOf, plural } from '../../../components/number.ts';
import { rankerName } from '../../../components/ranker-name.ts';
import { DoubtMark, Doubts } from '../Doubts.tsx';
import { commonDraws } from '../draws-text.ts';
import { GateTally } from '../GateTally.tsx';
import { intervalText, measureDifference, measureValue } from '../measure-text.ts';
import { Method } from '../Method.tsx';
import { TendencyShape } from '../TendencyMark.tsx';
import { tendencyOf } from '../alarm.ts';
import css from './Candidates.module.css';
import { baselinesOf, comparedTable, reportsOf, rowsOf, type ComparedRow } from './rows.ts';

/** One row a measure, one column a candidate: its difference from the baseline with the interval below. */
export function Candidates({
  baseline,
  snapshot,
  replays,
}: Pick<ReplayDetail, 'baseline' | 'snapshot'> & { replays: readonly ReplayDetail[] }) {
  const rows = rowsOf(reportsOf(replays));
  const { intervals } = commonDraws(rows.flatMap(({ measures }) => measures.filter((own) => own !== null)));
  const name = `candidates against ${rankerName(baseline)}`;
  return (
    <ExportSource value={{ name, line: `${name} on ${snapshot.name} (${snapshot.digest.slice(0, 8)})` }}>
      {replays.length === 1 && (
        <EmptyState title="One candidate so far">
          Only one candidate was replayed against this baseline, on this snapshot, with these settings. Replay
          others in the same way and they stand here beside it.
        </EmptyState>
      )}
      <Figure
        title="What each candidate changes"
        note={`${plural(replays.length, 'candidate')}, the most alarming measure first; 95 % intervals by requests drawn anew${intervals === null ? '' : ` (${plural(intervals, 'draw')})`} unless a word says otherwise`}
        table={comparedTable(replays)}
      >
        <div className={css['scroll']} tabIndex={0} role="group">
          <table className={css['table']} aria-label="Candidates compared">
            <thead>
              <tr>
                <th scope="col">Measure</th>
                <th scope="col" className={css['number']}>
                  Baseline
                </th>
                {replays.map(({ id, candidate }) => (
                  <th key={id} scope="col" className={css['candidate']}>
                    <Link to="/replay/$id" params={{ id }} title={`${candidate.name} ${candidate.version}`}>
                      {rankerName(candidate)}
                    </Link>
                  </th>
                ))}
              </tr>
              <tr>
                <th scope="row" colSpan={2} className={css['gates']}>
                  Gates
                </th>
                {replays.map(({ id, gates }) => (
                  <td key={id} className={css['gates']}>
                    <GateTally gates={gates} />
                  </td>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ first, measures }) => (
                <tr key={first.id}>
                  <th scope="row" title={first.id}>
                    {first.title}
                  </th>
                  <td className={`${css['number']} ${css['baseline']}`}>
                    <Baseline
                      row={{ first, measures }}
                      names={replays.map(({ candidate }) => rankerName(candidate))}
                    />
                  </td>
                  {measures.map((measure, at) => (
                    <td key={replays[at]?.id} className={css['number']}>
                      {measure === null ? (
                        '–'
                      ) : (
                        <>
                          <Doubts measure={measure} />
                          <TendencyShape of={tendencyOf(measure)} />{' '}
                          <strong>{measureDifference(measure)}</strong>
                          {measure.intervals !== undefined && (
                            <span className={css['ends']}>
                              {intervalText(measure, measure.intervals.difference)}
                              <Method measure={measure} common={intervals} />
                            </span>
                          )}
                        </>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Figure>
    </ExportSource>
  );
}

/** The baseline's figure; where it is another beside another candidate, all of them in words. */
function Baseline({ row: { first, measures }, names }: { row: ComparedRow; names: readonly string[] }) {
  const found = [...baselinesOf(measures)];
  const [own] = found;
  if (own === undefined) return '–';
  if (found.length === 1) return measureValue(first, own[0]);
  const told = found.map(
    ([value, beside]) =>
      `${measureValue(first, value)} beside ${listOf(beside.map((at) => names[at] ?? ''))}`,
  );
  return (
    <DoubtMark
      word={`${measureValue(first, Math.min(...found.map(([value]) => value)))} to ${measureValue(first, Math.max(...found.map(([value]) => value)))}`}
      reason={`Each candidate is held against the baseline on the requests that hold evidence for both: ${told.join('; ')}`}
    />
  );
}
