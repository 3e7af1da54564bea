import { gateWords } from '../../../shared/domain/gates/difference.ts';
import { Mark } from '../../components/Mark.tsx';
import { Table } from '../../components/Table.tsx';
import css from './Gates.module.css';
import { parsed } from './parsed.ts';

/** Every gate in words, with its reason and who answers for it. */
export function Rules({ text }: { text: string }) {
  const read = parsed(text);
  if ('fault' in read)
    return (
      <Mark tone="fail" shape="cross">
        {read.fault}
      </Mark>
    );
  return (
    <Table
      label="Gates in force"
      rows={gateWords(read.rules)}
      rowKey={({ name }) => name}
      columns={[
        {
          name: 'Gate',
          width: '24%',
          render: ({ name, title, required }) => (
            <span title={name}>
              <strong>{title}</strong>
              <span className="quiet">{required ? '' : ' · advisory'}</span>
            </span>
          ),
        },
        { name: 'Passes when', width: '32%', render: ({ rule }) => rule },
        { name: 'Why', render: ({ reason }) => <span className={css['why']}>{reason}</span> },
        {
          name: 'Owner',
          width: '96px',
          render: ({ owner }) => owner ?? <span className="quiet">nobody</span>,
        },
      ]}
    />
  );
}
