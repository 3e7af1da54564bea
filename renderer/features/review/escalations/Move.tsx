import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { EscalationDetail } from '../../../../shared/contract/review/escalations.ts';
import { ReportState } from '../../../../shared/domain/review/report-state.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useReviewers } from '../queries.ts';
import css from './Escalations.module.css';
import { useMoveEscalation } from './queries.ts';

/** A step of an escalation: only the states that may follow are offered, and staying as it is. */
export function Move({ of }: { of: EscalationDetail }) {
  const { data: reviewers = [] } = useReviewers();
  const move = useMoveEscalation();
  const [to, setTo] = useState<ReportState>(of.state);
  const [owner, setOwner] = useState(of.owner);
  const [due, setDue] = useState(of.due);
  const [comment, setComment] = useState('');
  const changes = to !== of.state || owner !== of.owner || due !== of.due || comment.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    move.mutate({ decision: of.decision, from: of.state, to, comment: comment.trim(), owner, due });
  };
  const owners = new Map(reviewers.map(({ person, name }) => [person, name]));
  if (of.owner !== null && !owners.has(of.owner)) owners.set(of.owner, of.owner);
  return (
    <form className={css['move']} onSubmit={submit} aria-label="Next step of the escalation">
      <div className={css['fields']}>
        <Select
          label="State"
          w={176}
          data={[
            { value: of.state, label: `stays ${of.state}` },
            ...of.next.map((state) => ({ value: state, label: `becomes ${state}` })),
          ]}
          value={to}
          onChange={(state) => setTo(ReportState.parse(state))}
        />
        <Select
          label="Owner"
          w={176}
          placeholder="Nobody"
          clearable
          clearButtonProps={{ 'aria-label': 'Nobody' }}
          data={[...owners].map(([value, label]) => ({ value, label }))}
          value={owner}
          onChange={setOwner}
        />
        <TextInput
          label="Due"
          type="date"
          value={due ?? ''}
          onChange={(event) => setDue(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        />
      </div>
      <Textarea
        label="Comment"
        autosize
        minRows={2}
        maxLength={4000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" disabled={!changes} loading={move.isPending}>
          {to === of.state ? 'Add the step' : `Make it ${to}`}
        </Button>
      </div>
      {move.error !== null && <ErrorState error={move.error} />}
    </form>
  );
}
