import { Button, Select, Textarea } from '@mantine/core';
import { useReviewer, useReviewers } from '../queries.ts';
import css from './Desk.module.css';

const HOURS = [
  { value: '1', label: 'for an hour' },
  { value: '24', label: 'for a day' },
  { value: '168', label: 'for a week' },
];
const HOUR_MS = 3_600_000;

/** What is written while a feed is about to be left: for how many hours, or to whom, and why. */
export interface Leaving {
  readonly hours: string;
  readonly to: string | null;
  readonly note: string;
}

/** Keeps a feed for later, or leaves it to somebody. */
export function LeaveForm({
  form,
  onForm,
  holding,
  handing,
  hold,
  handOver,
}: {
  form: Leaving;
  onForm: (form: Leaving) => void;
  holding: boolean;
  handing: boolean;
  hold: (input: { until: string; note: string }) => void;
  handOver: (input: { to: string; note: string }) => void;
}) {
  const reviewers = useReviewers();
  const me = useReviewer();
  const { hours, to, note } = form;
  const others = reviewers.data?.filter(({ person }) => person !== me.data?.person) ?? [];
  return (
    <>
      <Textarea
        size="xs"
        label="Why"
        data-autofocus
        autosize
        maxLength={4000}
        value={note}
        onChange={(event) => onForm({ ...form, note: event.currentTarget.value })}
      />
      <div className={css['pair']}>
        <Select
          size="xs"
          aria-label="How long"
          allowDeselect={false}
          data={HOURS}
          value={hours}
          onChange={(value) => onForm({ ...form, hours: value ?? '24' })}
        />
        <Button
          size="xs"
          variant="default"
          loading={holding}
          onClick={() => hold({ until: new Date(Date.now() + Number(hours) * HOUR_MS).toISOString(), note })}
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
          onChange={(value) => onForm({ ...form, to: value })}
        />
        <Button
          size="xs"
          variant="default"
          disabled={to === null}
          loading={handing}
          onClick={() => to !== null && handOver({ to, note })}
        >
          Hand it over
        </Button>
      </div>
    </>
  );
}
