import { Link } from '@tanstack/react-router';
import type { CampaignReport } from '../../../../shared/domain/review/report.ts';
import { Mark } from '../../../components/Mark.tsx';
import { plural } from '../../../components/number.ts';
import { Section } from '../../../components/Section.tsx';
import { Table } from '../../../components/Table.tsx';
import { FeedLink } from './Harms.tsx';
import css from './Report.module.css';

/** What still needs somebody: open escalations, and subjects on which one person has two decisions in force. */
export function Unsettled({ report: { escalations, conflicts, campaign } }: { report: CampaignReport }) {
  return (
    <>
      <Section title="Escalations">
        <p className={css['empty']}>
          {escalations.open > 0 ? (
            <Mark tone="fail" shape="up">
              {escalations.open} open
            </Mark>
          ) : (
            <Mark tone="pass" shape="tick">
              None open
            </Mark>
          )}
          , {escalations.closed} closed.{' '}
          {escalations.open + escalations.closed > 0 && (
            <Link to="/review/escalations" search={{ campaign }}>
              See them
            </Link>
          )}
        </p>
      </Section>
      <Section title="Conflicts" note={plural(conflicts.length, 'subject')}>
        {conflicts.length === 0 ? (
          <p className={css['empty']}>Nobody has two decisions in force on one subject.</p>
        ) : (
          <Table
            label="Conflicts"
            rows={conflicts}
            rowKey={({ person, feed, subject }) => `${person} ${feed} ${subject}`}
            columns={[
              {
                name: 'Feed',
                right: true,
                width: '56px',
                render: ({ feed }) => <FeedLink campaign={campaign} feed={feed} />,
              },
              { name: 'Reviewer', render: ({ person }) => person },
              { name: 'Has two decisions on', render: ({ subject }) => subject },
            ]}
          />
        )}
      </Section>
    </>
  );
}
