import { Button } from '@mantine/core';
import type { BatchRow } from '../../../../shared/contract/review/bulk.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { formatCount } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { TimeText } from '../../../components/TimeText.tsx';
import { useReviewer } from '../queries.ts';
import { useBatches, useUndoBatch } from './queries.ts';

/** Every bulk change ever made; whoever made one may take it back. */
export function Batches() {
  const batches = useBatches();
  const { data: reviewer = null } = useReviewer();
  const undo = useUndoBatch();
  const mayUndo = ({ person, undoes, undoneBy }: BatchRow) =>
    person === reviewer?.person && undoes === null && undoneBy === null;
  return (
    <>
      <Loaded query={batches}>
        {(batches) =>
          batches.length === 0 ? (
            <EmptyState title="No batch yet">
              Filter your decisions, say what they become, and change them in one step.
            </EmptyState>
          ) : (
            <Table
              label="Batches"
              middle
              rows={batches}
              rowKey={({ id }) => id}
              columns={[
                { name: 'At', width: '152px', render: ({ at }) => <TimeText at={at} /> },
                { name: 'By', width: '152px', render: ({ person }) => person },
                {
                  name: 'Reason',
                  render: ({ title }) =>
                    title ?? <span className="quiet">withheld: you may still judge its feeds blind</span>,
                },
                {
                  name: 'Decisions',
                  width: '96px',
                  right: true,
                  render: ({ decisions }) => formatCount(decisions),
                },
                { name: 'Stands', width: '176px', render: (batch) => <Stands of={batch} /> },
                {
                  name: 'Undo',
                  width: '128px',
                  right: true,
                  render: (batch) =>
                    mayUndo(batch) ? (
                      <Button
                        size="compact-xs"
                        variant="default"
                        loading={undo.isPending && undo.variables === batch.id}
                        aria-label={`Take back “${batch.title}”`}
                        onClick={() => undo.mutate(batch.id)}
                      >
                        Take it back
                      </Button>
                    ) : (
                      '–'
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
      {undo.error !== null && <ErrorState error={undo.error} />}
    </>
  );
}

function Stands({ of: { undoneBy, undoes } }: { of: BatchRow }) {
  if (undoneBy !== null)
    return (
      <Mark tone="unknown" shape="dash">
        taken back
      </Mark>
    );
  return (
    <Mark tone="pass" shape="tick">
      {undoes === null ? 'in force' : 'took another back'}
    </Mark>
  );
}
