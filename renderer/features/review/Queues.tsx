import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Queue } from '../../../shared/domain/review/queue.ts';
import { bridge, value } from '../../app/bridge.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Table } from '../../components/Table.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { QueueForm } from './QueueForm.tsx';
import { useQueues, useReadAgain } from './queries.ts';
import css from './Review.module.css';

/** Lines of feeds by priority, with how many wait, since when, and who has some. */
export function Queues({ editable }: { editable: boolean }) {
  const queues = useQueues();
  const [open, setOpen] = useState<Queue | 'new' | null>(null);
  const remove = useMutation({
    mutationFn: (was: Queue) => value(bridge.review.removeQueue({ was })),
    onError: useReadAgain('queues'),
  });
  return (
    <>
      <Loaded query={queues}>
        {(queues) =>
          queues.length === 0 ? (
            <EmptyState
              title="No queue yet"
              action={
                editable && (
                  <Button variant="default" onClick={() => setOpen('new')}>
                    Add a queue…
                  </Button>
                )
              }
            >
              Without one, feeds are worked campaign by campaign. A queue gathers feeds of several campaigns
              by a rule and a priority.
            </EmptyState>
          ) : (
            <>
              <Table
                label="Queues"
                middle
                rows={queues}
                rowKey={({ id }) => id}
                columns={[
                  {
                    name: 'Queue',
                    render: ({ id, name }) => (
                      <Link to="/review/queue/$id" params={{ id }}>
                        {name}
                      </Link>
                    ),
                  },
                  { name: 'Priority', right: true, render: ({ priority }) => priority },
                  { name: 'Waiting', right: true, render: ({ waiting }) => waiting },
                  { name: 'At work or held', right: true, render: ({ held }) => held },
                  { name: 'Done', right: true, render: ({ done }) => done },
                  {
                    name: 'Oldest since',
                    right: true,
                    render: ({ oldest }) => (oldest === null ? '–' : <TimeText at={oldest} />),
                  },
                  {
                    name: 'Due',
                    right: true,
                    render: ({ due }) => (due === null ? '–' : <TimeText at={due} dateOnly />),
                  },
                  {
                    name: '',
                    right: true,
                    render: ({ id, name, priority, rule }) =>
                      editable && (
                        <span className={css['buttons']}>
                          <Button
                            size="compact-xs"
                            variant="default"
                            aria-label={`Change the queue ${name}`}
                            onClick={() => setOpen({ id, name, priority, rule })}
                          >
                            Change…
                          </Button>
                          <Button
                            size="compact-xs"
                            variant="subtle"
                            color="gray"
                            aria-label={`Remove the queue ${name}; its feeds stay`}
                            onClick={() => remove.mutate({ id, name, priority, rule })}
                          >
                            Remove
                          </Button>
                        </span>
                      ),
                  },
                ]}
              />
              {editable && (
                <Button mt="sm" size="xs" variant="default" onClick={() => setOpen('new')}>
                  Add a queue…
                </Button>
              )}
            </>
          )
        }
      </Loaded>
      {remove.error !== null && <ErrorState error={remove.error} />}
      {open !== null && <QueueForm was={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </>
  );
}
