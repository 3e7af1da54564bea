import { Link } from '@tanstack/react-router';
import type { PolicyQuality } from '../../../../shared/domain/review/quality.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount, plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { AUDIT_COLUMNS, auditCells } from './audit-columns.tsx';

/** Which policies are hard to apply: what was reversed, and what leads found. */
export function PolicyFigures({
  policies,
  titles,
}: {
  policies: readonly PolicyQuality[];
  titles: ReadonlyMap<string, string>;
}) {
  const titleOf = (policy: string): string => titles.get(policy) ?? policy;
  return (
    <Figure
      title="Which policies are hard to apply?"
      note={plural(policies.length, 'policy', 'policies')}
      table={{
        columns: [
          ...['policy', 'decisions', 'reversed'],
          ...['upheld', 'false positive', 'false negative', 'wrong policy', 'technical error'],
        ],
        rows: policies.map(({ policy, decisions, reversed, audits }) => [
          ...[titleOf(policy), decisions, reversed],
          ...auditCells(audits),
        ]),
      }}
    >
      {policies.length === 0 ? (
        <p className="quiet">No decision names a policy yet.</p>
      ) : (
        <Table
          label="Policies"
          rows={policies}
          rowKey={({ policy }) => policy}
          columns={[
            {
              name: 'Policy',
              render: ({ policy }) => (
                <Link to="/review/history" search={{ policy }}>
                  {titleOf(policy)}
                </Link>
              ),
            },
            { name: 'Decisions', right: true, render: ({ decisions }) => formatCount(decisions) },
            { name: 'Reversed', right: true, render: ({ reversed }) => formatCount(reversed) },
            ...AUDIT_COLUMNS,
          ]}
        />
      )}
    </Figure>
  );
}
