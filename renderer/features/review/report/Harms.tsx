import { Link } from '@tanstack/react-router';
import type { Harm } from '../../../../shared/domain/review/harms.ts';
import type { CampaignReport } from '../../../../shared/domain/review/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount, plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { harmsTable } from './report-tables.ts';
import css from './Report.module.css';

const ALL = '';

/** What was found against policies, as their tree stands, with a way to every feed it was found in. */
export function Harms({ report, titles }: { report: CampaignReport; titles: ReadonlyMap<string, string> }) {
  const { harms, harmed, campaign } = report;
  const rows: Harm[] = [
    ...harms,
    { policy: ALL, depth: 0, own: harmed.items, items: harmed.items, feeds: [] },
  ];
  const below = harms.some(({ depth }) => depth > 0);
  return (
    <Figure
      title="Which harms were found, and where?"
      note={
        below
          ? 'a policy includes those below it; each item once'
          : 'items on which a decision in force names the policy'
      }
      table={harmsTable(report)}
    >
      {harms.length === 0 ? (
        <p className={css['empty']}>No decision in force names a policy.</p>
      ) : (
        <Table
          label="Harms found"
          rows={rows}
          rowKey={({ policy }) => policy}
          columns={[
            {
              name: 'Policy',
              width: '264px',
              render: ({ policy, depth }) =>
                policy === ALL ? (
                  <strong>All policies</strong>
                ) : (
                  <span className={css['policy']} style={{ paddingLeft: 16 * depth }}>
                    {titles.get(policy) ?? policy}
                  </span>
                ),
            },
            { name: 'Items', width: '72px', right: true, render: ({ items }) => formatCount(items) },
            ...(below
              ? [
                  {
                    name: 'Of its own',
                    width: '88px',
                    right: true,
                    render: ({ policy, own }: Harm) => (policy === ALL ? '' : formatCount(own)),
                  },
                ]
              : []),
            {
              name: 'Feeds',
              render: ({ policy, feeds }) =>
                policy === ALL ? (
                  plural(harmed.feeds, 'feed')
                ) : (
                  <span className={css['feeds']}>
                    {feeds.map((feed) => (
                      <FeedLink key={feed} campaign={campaign} feed={feed} policy={policy} />
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
