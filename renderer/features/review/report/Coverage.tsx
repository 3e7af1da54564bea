import type { CampaignReport } from '../../../../shared/domain/review/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount, formatNumber, plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { reviewersTable, strataTable } from './report-tables.ts';
import css from './Report.module.css';

const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${formatNumber((100 * part) / whole, 0)} %`;

/** How much of what was drawn was judged, and by whom. */
export function Coverage({ report }: { report: CampaignReport }) {
  const { coverage } = report;
  return (
    <>
      <Figure
        title="How much of each draw was judged?"
        note={`${formatCount(coverage.reviewed)} of ${plural(coverage.feeds, 'feed')} fully reviewed, ${formatCount(coverage.begun)} begun`}
        table={strataTable(report)}
      >
        <Table
          label="Coverage by draw"
          rows={coverage.strata.map((stratum, at) => ({ ...stratum, at }))}
          rowKey={({ at }) => String(at)}
          columns={[
            { name: 'Drawn', render: ({ method }) => method },
            { name: 'Feeds', right: true, render: ({ feeds }) => formatCount(feeds) },
            { name: 'Begun', right: true, render: ({ begun }) => formatCount(begun) },
            { name: 'Fully reviewed', right: true, render: ({ reviewed }) => formatCount(reviewed) },
            { name: 'Share', right: true, render: ({ reviewed, feeds }) => share(reviewed, feeds) },
          ]}
        />
      </Figure>
      <Figure title="Who judged how much?" table={reviewersTable(report)}>
        {coverage.reviewers.length === 0 ? (
          <p className={css['empty']}>Nobody has submitted a feed yet.</p>
        ) : (
          <Table
            label="Coverage by reviewer"
            rows={coverage.reviewers}
            rowKey={({ person }) => person}
            columns={[
              { name: 'Reviewer', render: ({ person }) => person },
              { name: 'Feeds', right: true, render: ({ feeds }) => formatCount(feeds) },
              { name: 'Decisions in force', right: true, render: ({ decisions }) => formatCount(decisions) },
            ]}
          />
        )}
      </Figure>
    </>
  );
}
