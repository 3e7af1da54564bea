import type { TensorChange } from '../../../../shared/domain/release/changes.ts';
import { Table } from '../../../components/Table.tsx';
import css from './Diff.module.css';
import { KindMark } from './KindMark.tsx';
import { cosineText, figureText, formText, shareText } from './words.ts';

/** Some tensors that differ, all of them shown. */
export function TensorTable({ tensors }: { tensors: readonly TensorChange[] }) {
  return (
    <Table
      label="Tensors that differ"
      rows={tensors}
      rowKey={({ name }) => name}
      columns={[
        { name: 'Tensor', render: ({ name }) => <span className={css['name']}>{name}</span> },
        { name: 'What', width: '96px', render: ({ kind }) => <KindMark kind={kind} /> },
        {
          name: 'Type and shape',
          render: (tensor) => <span className={css['form']}>{formText(tensor)}</span>,
        },
        { name: 'Relative change', right: true, render: ({ change }) => figureText(change?.relative) },
        { name: 'Cosine', right: true, render: ({ change }) => cosineText(change?.cosine) },
        { name: 'Largest change', right: true, render: ({ change }) => figureText(change?.largest?.change) },
        { name: 'Values changed', right: true, render: ({ change }) => shareText(change?.changedShare) },
      ]}
    />
  );
}
