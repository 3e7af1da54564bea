import { Button, Popover, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { KeyHint } from '../../../components/KeyHint.tsx';
import { useReviewer, useReviewers } from '../queries.ts';
import type { useDesk } from './use-desk.ts';
import css from './Desk.module.css';

const HOURS = [
  { value: '1', label: 'for an hour' },
  { value: '24', label: 'for a day' },
  { value: '168', label: 'for a week' },
];
const HOUR_MS = 3_600_000;

/** Two ways to leave a feed without losing work: keep it for later, or leave it to somebody. */
export function LeaveFeed({
  desk,
  leaveKey,
  opened,
  onOpen,
}: {
  desk: ReturnType<typeof useDesk>;
  leaveKey: string;
  opened: boolean;
  onOpen: (opened: boolean) => void;
}) {
  const reviewers = useReviewers();
  const me = useReviewer();
  const [hours, setHours] = useState('24');
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const others = reviewers.data?.filter(({ person }) => person !== me.data?.person) ?? [];
  return (
    <Popover position="top-end" width={300} shadow="md" opened={opened} onChange={onOpen} trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          justify="space-between"
          rightSection={<KeyHint keys={[leaveKey]} />}
          onClick={() => onOpen(!opened)}
        >
          Hold or hand over…
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={css['leave'] ?? ''} role="dialog" aria-label="Hold or hand over">
        <Textarea
          size="xs"
          label="Why"
          data-autofocus
          autosize
          maxLength={4000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <div className={css['pair']}>
          <Select
            size="xs"
            aria-label="How long"
            allowDeselect={false}
            data={HOURS}
            value={hours}
            onChange={(value) => setHours(value ?? '24')}
          />
          <Button
            size="xs"
            variant="default"
            loading={desk.hold.isPending}
            onClick={() =>
              desk.hold.mutate({ until: new Date(Date.now() + Number(hours) * HOUR_MS).toISOString(), note })
            }
          >
            Hold it
          </Button>
        </div>
        <div className={css['pair']}>
          <Select
            size="xs"
            aria-label="To whom"
            placeholder="To whom"
            data={others.map(({ person, name }) => ({ value: person, label: name }))}
            value={to}
            onChange={setTo}
          />
          <Button
            size="xs"
            variant="default"
            disabled={to === null}
            loading={desk.handOver.isPending}
            onClick={() => to !== null && desk.handOver.mutate({ to, note })}
          >
            Hand it over
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
