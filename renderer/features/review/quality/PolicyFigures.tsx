import { Link } from '@tanstack/react-router';
import {
  allPolicies,
  withThoseBelow,
  type PolicyFigure,
} from '../../../../shared/domain/review/policy-figures.ts';
import type { Policy } from '../../../../shared/domain/review/policy-library.ts';
import type { PolicyQuality } from '../../../../shared/domain/review/quality.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount, plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { AUDIT_COLUMNS, auditCells } from './audit-columns.tsx';

type Row = PolicyQuality & Pick<PolicyFigure, 'depth' | 'own'>;

/** Which policies are hard to apply: what was reversed, and what leads found; a policy's figures hold those below it. */
export function PolicyFigures({
  policies,
  tree,
  titles,
}: {
  policies: readonly PolicyQuality[];
  tree: readonly Policy[];
  titles: ReadonlyMap<string, string>;
}) {
  const figures = withThoseBelow(tree, policies);
  const all = allPolicies(figures);
  const rows: Row[] = [
    ...figures.map(({ whole, depth, own }) => Object.assign({ depth, own }, whole)),
    { ...all, depth: 0, own: all.decisions },
  ];
  const titleOf = (policy: string): string =>
    policy === '' ? 'All policies' : (titles.get(policy) ?? policy);
  return (
    <Figure
      title="Which policies are hard to apply?"
      note={`${plural(policies.length, 'policy', 'policies')}; a policy counts those below it, all of them count each decision once`}
      table={{
        columns: [
          ...['policy', 'level', 'decisions', 'of its own', 'reversed'],
          ...['upheld', 'false positive', 'false negative', 'wrong policy', 'technical error'],
        ],
        rows: rows.map(({ policy, depth, decisions, own, reversed, audits }) => [
          ...[titleOf(policy), depth + 1, decisions, own, reversed],
          ...auditCells(audits),
        ]),
      }}
    >
      {policies.length === 0 ? (
        <p className="quiet">No decision names a policy yet.</p>
      ) : (
        <Table
          label="Policies"
          rows={rows}
          rowKey={({ policy }) => policy}
          columns={[
            {
              name: 'Policy',
              render: ({ policy, depth }) =>
                policy === '' ? (
                  <strong>{titleOf(policy)}</strong>
                ) : (
                  <Link to="/review/history" search={{ policy }} style={{ paddingLeft: 16 * depth }}>
                    {titleOf(policy)}
                  </Link>
                ),
            },
            { name: 'Decisions', right: true, render: ({ decisions }) => formatCount(decisions) },
            {
              name: 'Of its own',
              right: true,
              render: ({ policy, own }) => (policy === '' ? '' : formatCount(own)),
            },
            { name: 'Reversed', right: true, render: ({ reversed }) => formatCount(reversed) },
            ...AUDIT_COLUMNS,
          ]}
        />
      )}
    </Figure>
  );
}
