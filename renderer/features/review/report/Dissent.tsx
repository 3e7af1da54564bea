import type { CampaignReport } from '../../../../shared/domain/review/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { TimeText } from '../../../components/TimeText.tsx';
import { VerdictMark } from '../VerdictMark.tsx';
import { FeedLink } from './Harms.tsx';
import { dissentTable } from './report-tables.ts';
import css from './Report.module.css';

/** Every verdict against the release, with the words of who gave it; none is averaged away. */
export function Dissent({ report }: { report: CampaignReport }) {
  const { dissent, campaign } = report;
  return (
    <Figure
      title="Who judged against the release, and why?"
      note={plural(dissent.length, 'verdict')}
      table={dissentTable(report)}
    >
      {dissent.length === 0 ? (
        <p className={css['empty']}>No verdict so far is against the release.</p>
      ) : (
        <Table
          label="Dissent"
          rows={dissent}
          rowKey={({ feed, person, at }) => `${feed} ${person} ${at}`}
          columns={[
            {
              name: 'Feed',
              right: true,
              width: '56px',
              render: ({ feed }) => <FeedLink campaign={campaign} feed={feed} />,
            },
            { name: 'Reviewer', width: '152px', render: ({ person }) => person },
            { name: 'Verdict', width: '152px', render: ({ verdict }) => <VerdictMark of={verdict} /> },
            {
              name: 'Note',
              render: ({ note }) =>
                note === '' ? <span className="quiet">no note</span> : <p className={css['note']}>{note}</p>,
            },
            { name: 'At', width: '152px', render: ({ at }) => <TimeText at={at} /> },
          ]}
        />
      )}
    </Figure>
  );
}
