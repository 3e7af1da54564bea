import type { RosterDetail } from '../../../shared/contract/roster.ts';
import { Digest } from '../../components/Digest.tsx';
import { listOf } from '../../components/number.ts';
import { Table } from '../../components/Table.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import css from './Roster.module.css';

export function Versions({ roster }: { roster: RosterDetail }) {
  return (
    <Table
      label="Versions of the roster"
      rows={roster.versions}
      rowKey={({ digest }) => digest}
      columns={[
        { name: 'Version', right: true, width: '64px', render: ({ version }) => version },
        { name: 'Digest', render: ({ digest }) => <Digest of={digest} /> },
        { name: 'Issued', render: ({ issuedAt }) => <TimeText at={issuedAt} /> },
        { name: 'Came in', render: ({ importedAt }) => <TimeText at={importedAt} /> },
        { name: 'Signed by', render: ({ signers }) => listOf(signers) },
        {
          name: 'What it changed',
          width: '40%',
          render: ({ version, changes }) =>
            version === 1 ? (
              <span className="quiet">The first, trusted at the founding</span>
            ) : changes.length === 0 ? (
              <span className="quiet">Nothing</span>
            ) : (
              <ul className={css['plain']}>
                {changes.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            ),
        },
      ]}
    />
  );
}
