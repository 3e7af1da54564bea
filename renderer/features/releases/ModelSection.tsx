import type { ReleaseDetail } from '../../../shared/contract/releases.ts';
import { plural } from '../../components/number.ts';
import { Section } from '../../components/Section.tsx';
import { Table } from '../../components/Table.tsx';
import css from './ModelSection.module.css';

/** What goes into the model and what comes out. */
export function ModelSection({ release }: { release: ReleaseDetail }) {
  const features = release.features.map((name, position) => ({ name, position }));
  return (
    <div className={css['columns']}>
      <Section title="Outputs of the model" note={plural(release.outputs.length, 'output')}>
        <Table
          label="Outputs of the model"
          rows={release.outputs}
          rowKey={(output) => output.name}
          columns={[
            { name: 'Output', render: (output) => <span className="mono">{output.name}</span> },
            { name: 'Shape', render: (output) => <span className="mono">{output.shape}</span> },
            {
              name: 'Head',
              render: (output) =>
                release.heads
                  .filter((head) => head.output === output.name)
                  .map((head) => head.name)
                  .join(', ') || <span className="quiet">not used by the policy</span>,
            },
          ]}
        />
      </Section>
      <Section title="Features of the model" note={`${plural(features.length, 'column')}, in order`}>
        <Table
          label="Features of the model"
          rows={features}
          rowKey={(feature) => feature.name}
          columns={[
            { name: 'Column', right: true, width: '64px', render: (feature) => feature.position },
            { name: 'Feature', render: (feature) => <span className="mono">{feature.name}</span> },
          ]}
        />
      </Section>
    </div>
  );
}
