import type { ReactNode } from 'react';
import type { ChangesView } from '../../../../shared/contract/changes.ts';
import type {
  DatasetChange,
  ReleaseChanges,
  ValueChange,
} from '../../../../shared/domain/release/changes.ts';
import { formatCount, plural } from '../../../components/number.ts';
import { LineChanges } from '../../../components/LineChanges.tsx';
import { Section } from '../../../components/Section.tsx';
import { Table } from '../../../components/Table.tsx';
import { TensorTable } from '../diff/TensorTable.tsx';
import css from './Changes.module.css';

/** The changes as a reviewer reads them: policy, tensors, features, training data, papers. */
export function Paper({
  compared: { changes, tensorsDifferent },
  more,
}: {
  compared: NonNullable<ChangesView['compared']>;
  /** Stands below the tensors where not all of them are shown. */
  more?: ReactNode;
}) {
  const { policy, tensors, features, trainingData, papers } = changes;
  const shown = tensors.different.length;
  return (
    <div className={css['paper']}>
      <Section title="1. Policy" note={plural(policy.length, 'change')}>
        {policy.length === 0 ? (
          <None>The two policies rank alike.</None>
        ) : (
          <ul className={css['lines']}>
            {policy.map(({ kind, name, words }) => (
              <li key={`${kind} ${name}`}>{words}</li>
            ))}
          </ul>
        )}
      </Section>
      <Section
        title="2. Tensors"
        note={`${formatCount(tensors.equal)} of ${plural(tensors.compared, 'tensor')} equal`}
      >
        {shown === 0 ? (
          <None>Every value of every tensor is the same.</None>
        ) : (
          <TensorTable tensors={tensors.different} />
        )}
        {shown < tensorsDifferent && (
          <None>
            These {formatCount(shown)} changed most; {formatCount(tensorsDifferent - shown)} more stand in the
            document. {more}
          </None>
        )}
      </Section>
      <Section title="3. Features" note={plural(features.length, 'change')}>
        <Values
          label="Features that differ"
          what="Feature"
          changes={features}
          none="The same features in the same order."
        />
      </Section>
      <Section title="4. Training data" note={plural(trainingData.length, 'data set')}>
        <TrainingData changes={trainingData} />
      </Section>
      <Section title="5. Papers" note="release.yaml and model-card.md">
        <Papers papers={papers} />
      </Section>
    </div>
  );
}

const None = ({ children }: { children: ReactNode }) => <p className={css['none']}>{children}</p>;

function Values({
  label,
  what,
  changes,
  none,
}: {
  label: string;
  what: string;
  changes: readonly ValueChange[];
  none: string;
}) {
  if (changes.length === 0) return <None>{none}</None>;
  return (
    <Table
      label={label}
      rows={changes}
      rowKey={(change) => change.what}
      columns={[
        { name: what, width: '28%', render: (change) => <span className={css['name']}>{change.what}</span> },
        { name: 'Before', width: '36%', render: ({ before }) => <Side side="before" text={before} /> },
        { name: 'After', width: '36%', render: ({ after }) => <Side side="after" text={after} /> },
      ]}
    />
  );
}

function Side({ side, text }: { side: 'before' | 'after'; text: string | null }) {
  if (text === null) return <span className="quiet">absent</span>;
  return <span className={`${css['name']} ${css[side]}`}>{text}</span>;
}

function TrainingData({ changes }: { changes: readonly DatasetChange[] }) {
  if (changes.length === 0) return <None>Trained on the same data.</None>;
  return changes.map(({ name, status, fields }) => (
    <div key={name}>
      <h3 className={css['sub']}>
        {name}: {status}
      </h3>
      <Values label={`What differs in ${name}`} what="Of the data set" changes={fields} none="" />
    </div>
  ));
}

function Papers({ papers: { manifest, modelCard } }: { papers: ReleaseChanges['papers'] }) {
  return (
    <>
      <Values
        label="Papers that differ"
        what="release.yaml"
        changes={manifest}
        none="The manifest is the same."
      />
      <h3 className={css['sub']}>Model card</h3>
      {modelCard.length === 0 ? (
        <None>The model card is the same.</None>
      ) : (
        <LineChanges label="Lines of the model card that differ" changes={modelCard} />
      )}
    </>
  );
}
