import { Link } from '@tanstack/react-router';
import { Digest } from '../../../components/Digest.tsx';
import { Figure } from '../../../components/export/Figure.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { TimeText } from '../../../components/TimeText.tsx';
import css from './Audits.module.css';
import { OUTCOMES } from './outcomes.ts';
import { useLeadAudits } from './queries.ts';

/** What leads found so far, oldest first; a reviewer reads what was found of their own decisions. */
export function AuditsDone({ campaign, leads }: { campaign: string; leads: boolean }) {
  const audits = useLeadAudits(campaign);
  return (
    <Loaded query={audits}>
      {(audits) => (
        <Figure
          title={leads ? 'What did leads find?' : 'What did leads find of your decisions?'}
          note={plural(audits.length, 'audit')}
          table={{
            columns: ['decision', 'outcome', 'note', 'by', 'at'],
            rows: audits.map(({ decision, outcome, note, person, at }) => [
              decision,
              outcome,
              note,
              person,
              at,
            ]),
          }}
        >
          {audits.length === 0 ? (
            <p className="quiet">No decision was audited yet.</p>
          ) : (
            <Table
              label="Audits"
              rows={audits}
              rowKey={({ decision, at }) => `${decision} ${at}`}
              columns={[
                {
                  name: 'Outcome',
                  width: '152px',
                  render: ({ outcome }) => (
                    <Mark tone={OUTCOMES[outcome].tone} shape={OUTCOMES[outcome].shape}>
                      {outcome}
                    </Mark>
                  ),
                },
                {
                  name: 'Why',
                  render: ({ note }) =>
                    note === '' ? (
                      <span className="quiet">no note</span>
                    ) : (
                      <p className={css['note']}>{note}</p>
                    ),
                },
                { name: 'By', width: '144px', render: ({ person }) => person },
                { name: 'At', width: '152px', render: ({ at }) => <TimeText at={at} /> },
                { name: 'Decision', width: '112px', render: ({ decision }) => <Digest of={decision} /> },
              ]}
            />
          )}
          <p className="quiet">
            The figures they make stand under{' '}
            <Link to="/review/quality" search={{ campaign }}>
              Quality
            </Link>
            .
          </p>
        </Figure>
      )}
    </Loaded>
  );
}
