import { Link } from '@tanstack/react-router';
import type { CampaignReport } from '../../../../shared/domain/review/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { harmsTable } from './report-tables.ts';
import css from './Report.module.css';

/** What was found against a policy, with a way to every feed it was found in. */
export function Harms({ report, titles }: { report: CampaignReport; titles: ReadonlyMap<string, string> }) {
  return (
    <Figure
      title="Which harms were found, and where?"
      note="Items on which a decision in force names the policy"
      table={harmsTable(report)}
    >
      {report.harms.length === 0 ? (
        <p className={css['empty']}>No decision in force names a policy.</p>
      ) : (
        <Table
          label="Harms found"
          rows={report.harms}
          rowKey={({ policy }) => policy}
          columns={[
            { name: 'Policy', width: '240px', render: ({ policy }) => titles.get(policy) ?? policy },
            { name: 'Items', right: true, render: ({ items }) => formatCount(items) },
            {
              name: 'Feeds',
              render: ({ policy, feeds }) => (
                <span className={css['feeds']}>
                  {feeds.map((feed) => (
                    <FeedLink key={feed} campaign={report.campaign} feed={feed} policy={policy} />
                  ))}
                </span>
              ),
            },
          ]}
        />
      )}
    </Figure>
  );
}

/** The decisions on one feed of a campaign; its number counts from 1. */
export function FeedLink({ campaign, feed, policy }: { campaign: string; feed: number; policy?: string }) {
  return (
    <Link
      to="/review/history"
      search={{ campaign, feed, ...(policy === undefined ? {} : { policy }) }}
      aria-label={`Decisions on feed ${feed + 1}`}
    >
      {feed + 1}
    </Link>
  );
}
