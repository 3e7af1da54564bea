import type { CampaignReport } from '../../../../shared/domain/review/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount, formatNumber, plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { VerdictMark } from '../VerdictMark.tsx';
import { IntervalAxis, IntervalBar } from './IntervalBar.tsx';
import { verdictsTable } from './report-tables.ts';
import css from './Report.module.css';

const SHARE_AXIS = { from: 0, to: 1, line: 0.5 };
const percent = (share: number): string => formatNumber(100 * share, 1);

/** What was said of the feeds, each verdict counted; in a blind campaign also which release was preferred. */
export function Verdicts({ report }: { report: CampaignReport }) {
  const given = report.verdicts.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...report.verdicts.map(({ count }) => count));
  return (
    <Figure
      title={report.mode === 'open' ? 'What was said of the feeds?' : 'Which release was preferred?'}
      note={plural(given, report.mode === 'open' ? 'verdict' : 'preference')}
      table={verdictsTable(report)}
    >
      <Table
        label="Verdicts"
        rows={report.verdicts}
        rowKey={({ verdict }) => verdict}
        columns={[
          { name: 'Verdict', width: '240px', render: ({ verdict }) => <VerdictMark of={verdict} /> },
          {
            name: 'Given',
            render: ({ count }) => (
              <span className={css['tally']}>
                <span className="numeric">{formatCount(count)}</span>
                <span className={css['count']} style={{ width: (160 * count) / most }} aria-hidden="true" />
              </span>
            ),
          },
        ]}
      />
      {report.mode === 'blind' && <Preference of={report.preference} />}
    </Figure>
  );
}

function Preference({ of }: { of: CampaignReport['preference'] }) {
  if (of === null)
    return <p className={css['empty']}>No preference for either release was stated, so there is no share.</p>;
  const { candidate, stated, share, low, high } = of;
  const words =
    low > 0.5
      ? 'The whole interval lies above one half: for the candidate.'
      : high < 0.5
        ? 'The whole interval lies below one half: for the baseline.'
        : 'Neither is shown to be preferred: the interval holds one half.';
  return (
    <div className={css['preference']}>
      <div>
        <IntervalAxis axis={SHARE_AXIS} names={['0 %', '50 %', '100 %']} />
        <IntervalBar point={share} low={low} high={high} axis={SHARE_AXIS} />
      </div>
      <p>
        Candidate in {formatCount(candidate)} of {plural(stated, 'stated preference')}:{' '}
        <strong>
          {percent(share)} % ({percent(low)} to {percent(high)})
        </strong>
        , 95 % Wilson interval, which takes every preference as independent of the others.
        <br />
        {words}
      </p>
    </div>
  );
}
