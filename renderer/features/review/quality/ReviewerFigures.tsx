import type { ReviewerQuality } from '../../../../shared/domain/review/quality.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount, formatDuration, plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { AUDIT_COLUMNS, auditCells } from './audit-columns.tsx';
import { shareCells, ShareText } from './ShareText.tsx';
import css from './Quality.module.css';

/** How each reviewer does, beside the whole team. */
export function ReviewerFigures({
  reviewers,
  team,
  leads,
}: {
  reviewers: readonly ReviewerQuality[];
  team: ReviewerQuality;
  leads: boolean;
}) {
  const rows = [...reviewers, team];
  return (
    <Figure
      title={leads ? 'How does each reviewer do?' : 'How do you do, beside the team?'}
      note={plural(reviewers.length, 'reviewer')}
      table={{
        columns: [
          ...['reviewer', 'feeds', 'decisions', 'reversed'],
          ...['golden right', 'golden judged', 'golden low', 'golden high'],
          ...['second alike', 'second compared', 'second low', 'second high'],
          ...['upheld', 'false positive', 'false negative', 'wrong policy', 'technical error'],
          ...['median seconds per feed', 'feeds timed'],
        ],
        rows: rows.map(({ person, feeds, decisions, reversed, golden, second, audits, pace }) => [
          ...[person === '' ? 'team' : person, feeds, decisions, reversed],
          ...shareCells(golden),
          ...shareCells(second),
          ...auditCells(audits),
          ...[pace?.median ?? null, pace?.feeds ?? 0],
        ]),
      }}
    >
      <Table
        label="Reviewers"
        rows={rows}
        rowKey={({ person }) => person}
        columns={[
          {
            name: 'Reviewer',
            render: ({ person }) => (person === '' ? <strong>All together</strong> : person),
          },
          { name: 'Feeds', right: true, render: ({ feeds }) => formatCount(feeds) },
          { name: 'Decisions', right: true, render: ({ decisions }) => formatCount(decisions) },
          { name: 'Reversed', right: true, render: ({ reversed }) => formatCount(reversed) },
          { name: 'Golden feeds right', right: true, render: ({ golden }) => <ShareText of={golden} /> },
          { name: 'Second review alike', right: true, render: ({ second }) => <ShareText of={second} /> },
          ...AUDIT_COLUMNS,
          {
            name: 'Time per feed',
            right: true,
            render: ({ pace }) =>
              pace === null ? (
                <span className="quiet">not enough</span>
              ) : (
                <span
                  title={`Median of ${plural(pace.feeds, 'feed')} submitted within half an hour of the one before`}
                >
                  {formatDuration(pace.median)}
                </span>
              ),
          },
        ]}
      />
      <p className={css['said']}>
        Shares stand with their 95 % Wilson interval. Time per feed is the median between two submissions,
        breaks of more than half an hour left out; it measures no effort and ranks nobody.
      </p>
    </Figure>
  );
}
