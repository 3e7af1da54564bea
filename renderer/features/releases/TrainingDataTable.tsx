import type { ReleaseDetail } from '../../../shared/contract/releases.ts';
import { Digest } from '../../components/Digest.tsx';
import { Mark } from '../../components/Mark.tsx';
import { formatCount } from '../../components/number.ts';
import { Table } from '../../components/Table.tsx';

export function TrainingDataTable({ release }: { release: ReleaseDetail }) {
  return (
    <Table
      label="Training data"
      rows={release.trainingData.datasets}
      rowKey={(dataset) => `${dataset.name} ${dataset.sha256}`}
      columns={[
        { name: 'Data set', render: (dataset) => <strong>{dataset.name}</strong> },
        {
          name: 'Jurisdiction',
          render: ({ jurisdiction }) =>
            jurisdiction === 'US' ? (
              jurisdiction
            ) : (
              <Mark tone="unknown" shape="half">
                {jurisdiction}, not US alone
              </Mark>
            ),
        },
        { name: 'Rows', right: true, render: (dataset) => formatCount(dataset.rows) },
        { name: 'Period', render: ({ period }) => `${period.from} to ${period.to}` },
        { name: 'SHA-256', render: (dataset) => <Digest of={dataset.sha256} /> },
      ]}
    />
  );
}
