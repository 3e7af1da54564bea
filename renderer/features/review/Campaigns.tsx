import { Link } from '@tanstack/react-router';
import type { CampaignRow } from '../../../shared/contract/review/campaigns.ts';
import { Ranker } from '../../components/Ranker.tsx';
import { Table } from '../../components/Table.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import css from './Review.module.css';

/** Campaigns with how much of each part of the draw is judged. */
export function Campaigns({ campaigns }: { campaigns: readonly CampaignRow[] }) {
  return (
    <Table
      label="Campaigns"
      rows={campaigns}
      rowKey={({ id }) => id}
      columns={[
        {
          name: 'Campaign',
          render: ({ id, name, mode }) => (
            <>
              <span className={css['campaign']}>
                <Link to="/review/campaign/$id" params={{ id }}>
                  {name}
                </Link>
              </span>
              <span className={css['below']}>
                {mode === 'open' ? 'the feed of the release' : 'both feeds, names hidden'}
              </span>
            </>
          ),
        },
        { name: 'Release', render: ({ release }) => <Ranker side="candidate" ranker={release} /> },
        {
          name: 'Drawn',
          render: ({ coverage }) => (
            <ul className={css['strata']}>
              {coverage.strata.map(({ method, reviewed, begun, feeds }, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- two parts may be alike
                <li key={at}>
                  <span>{method}</span>
                  <meter
                    className={css['meter']}
                    min={0}
                    max={feeds}
                    value={reviewed}
                    aria-label={`${method}, fully reviewed`}
                  />
                  <span className="numeric">
                    {begun} begun, {reviewed} of {feeds} done
                  </span>
                </li>
              ))}
            </ul>
          ),
        },
        {
          name: 'Report',
          render: ({ id, name }) => (
            <Link
              to="/review/campaign/$id/report"
              params={{ id }}
              className={css['way'] ?? ''}
              aria-label={`Report of ${name}`}
            >
              what it found
            </Link>
          ),
        },
        { name: 'By you', right: true, render: ({ submitted }) => submitted },
        {
          name: 'Fully reviewed',
          right: true,
          render: ({ coverage }) => `${coverage.reviewed} of ${coverage.feeds}`,
        },
        {
          name: 'Due',
          right: true,
          render: ({ due }) => (due === null ? '–' : <TimeText at={due} dateOnly />),
        },
      ]}
    />
  );
}
