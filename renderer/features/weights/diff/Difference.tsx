import { CloseButton } from '@mantine/core';
import type { ReleasePair, TensorDifferenceDetail } from '../../../../shared/contract/changes.ts';
import { Facts } from '../../../components/Facts.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { formatCount } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import css from './Diff.module.css';
import { Histogram } from './Histogram.tsx';
import { KindMark } from './KindMark.tsx';
import { useDifference } from './queries.ts';
import { cosineText, figureText, formText, shareText } from './words.ts';

/** One tensor in two versions: figures, histogram of differences, the rows that moved farthest. */
export function Difference({
  pair,
  tensor,
  onClose,
}: {
  pair: ReleasePair;
  tensor: string;
  onClose: () => void;
}) {
  const query = useDifference(pair, tensor);
  return (
    <section className={css['detail']} aria-label={`How ${tensor} changed`} tabIndex={0}>
      <div className={css['top']}>
        <h2>{tensor}</h2>
        <CloseButton aria-label="Close the tensor" onClick={onClose} />
      </div>
      <Loaded query={query}>{(difference) => <Detail difference={difference} />}</Loaded>
    </section>
  );
}

function Detail({ difference }: { difference: TensorDifferenceDetail }) {
  const { kind, change, histogram, movedRows } = difference;
  return (
    <>
      <Facts
        of={[
          ['What', <KindMark key="kind" kind={kind} />],
          ['Type and shape', formText(difference)],
          ...(change === null
            ? []
            : ([
                ['Relative L2 change', figureText(change.relative)],
                ['Cosine', cosineText(change.cosine)],
                [
                  'Largest change',
                  change.largest === null
                    ? 'none'
                    : `${figureText(change.largest.change)} at element ${formatCount(change.largest.index)}`,
                ],
                ['Values changed', `${formatCount(change.changed)}, ${shareText(change.changedShare)}`],
                ['From or to NaN or infinity', formatCount(change.notFinite)],
              ] as const)),
        ]}
      />
      {change === null && (
        <p className="quiet">
          Its values cannot be set beside each other one by one, so nothing more is said.
        </p>
      )}
      {histogram.length > 0 && <Histogram histogram={histogram} />}
      {movedRows.length > 0 && <MovedRows rows={movedRows} />}
    </>
  );
}

function MovedRows({ rows }: { rows: TensorDifferenceDetail['movedRows'] }) {
  const keyed = rows.some(({ key }) => key !== null);
  return (
    <>
      <h3>Which rows moved farthest</h3>
      <Table
        label="Rows that moved farthest"
        rows={rows}
        rowKey={({ row }) => String(row)}
        columns={[
          ...(keyed
            ? [{ name: 'Key', render: ({ key }: { key: string | null }) => <strong>{key ?? '–'}</strong> }]
            : []),
          { name: 'Row', right: true, render: ({ row }) => formatCount(row) },
          { name: 'Moved by (L2)', right: true, render: ({ norm }) => figureText(norm) },
        ]}
      />
    </>
  );
}
